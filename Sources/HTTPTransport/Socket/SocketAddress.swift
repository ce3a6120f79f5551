import Glibc
import OperatingSystem

/// An IPv4 or IPv6 address with a port.
struct SocketAddress {
    private var storage = sockaddr_storage()

    /// Reads a numeric address; `localhost` is 127.0.0.1.
    init(host: String, port: UInt16) throws(TransportError) {
        let host = host == "localhost" ? "127.0.0.1" : host
        var version4 = sockaddr_in()
        var version6 = sockaddr_in6()
        if unsafe inet_pton(AF_INET, host, &version4.sin_addr) == 1 {
            version4.sin_family = sa_family_t(AF_INET)
            version4.sin_port = port.bigEndian
            unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.storeBytes(of: version4, as: sockaddr_in.self) }
        } else if unsafe inet_pton(AF_INET6, host, &version6.sin6_addr) == 1 {
            version6.sin6_family = sa_family_t(AF_INET6)
            version6.sin6_port = port.bigEndian
            unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.storeBytes(of: version6, as: sockaddr_in6.self) }
        } else {
            throw .invalidHost(host)
        }
    }

    /// The address that a socket is bound to; nil with `errno` set if it has none.
    init?(boundTo descriptor: Int32) {
        var status: Int32 = -1
        unsafe self.init { address, length in status = unsafe getsockname(descriptor, address, length) }
        guard status == 0 else { return nil }
    }

    /// The address that `fill` writes, which gets the room it has and sets the length it used.
    init(filledBy fill: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Void) {
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe fill($0, &length) }
        }
    }

    /// Copies a `sockaddr` that C owns: it begins with its family and is as long as that asks for.
    init(copying address: UnsafeRawPointer) {
        let isVersion6 = unsafe address.load(as: sa_family_t.self) == sa_family_t(AF_INET6)
        let length = isVersion6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
        unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(start: address, count: length))
        }
    }

    var family: Int32 { Int32(storage.ss_family) }

    var port: UInt16 {
        // The port stands at the same place in both families.
        read(sockaddr_in.self).sin_port.bigEndian
    }

    /// The IP address.
    var address: IPAddress {
        guard family == AF_INET6 else {
            return IPAddress(version4: UInt32(bigEndian: read(sockaddr_in.self).sin_addr.s_addr))
        }
        let bytes = read(sockaddr_in6.self).sin6_addr
        let parts = unsafe withUnsafeBytes(of: bytes) { unsafe $0.loadUnaligned(as: (UInt64, UInt64).self) }
        return IPAddress(high: UInt64(bigEndian: parts.0), low: UInt64(bigEndian: parts.1))
    }

    /// The IP address as text. An IPv4 address mapped into IPv6 shows as IPv4.
    var host: String {
        if family == AF_INET {
            return Self.text(AF_INET, read(sockaddr_in.self).sin_addr)
        }
        let text = Self.text(AF_INET6, read(sockaddr_in6.self).sin6_addr)
        let mapped = "::ffff:"
        return text.hasPrefix(mapped) && text.utf8.contains(UInt8(ascii: "."))
            ? String(text.dropFirst(mapped.utf8.count)) : text
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        let size = family == AF_INET6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
        return unsafe withUnsafePointer(to: storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, socklen_t(size)) }
        }
    }

    private func read<Address>(_ type: Address.Type) -> Address {
        unsafe withUnsafeBytes(of: storage) { unsafe $0.load(as: type) }
    }

    private static func text<Address>(_ family: Int32, _ address: Address) -> String {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            unsafe withUnsafePointer(to: address) { address in
                let text = unsafe inet_ntop(family, address, buffer.baseAddress, socklen_t(buffer.count))
                return unsafe text.map { unsafe String(cString: $0) } ?? ""
            }
        }
    }
}
