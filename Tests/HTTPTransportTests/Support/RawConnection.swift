import Glibc

/// A blocking client socket that sends exactly what it is told. Reads give up after 10 s.
final class RawConnection {
    struct Failure: Error, CustomStringConvertible {
        let description: String
        let code: Int32

        init(_ what: String) {
            code = errno
            unsafe description = "\(what): \(String(cString: strerror(errno)))"
        }
    }

    private let descriptor: Int32
    private var unread: [UInt8] = []

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        var noDelay: Int32 = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if status != 0 {
            throw Failure("connect")
        }
    }

    deinit {
        close(descriptor)
    }

    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                let rest = unsafe bytes.baseAddress?.advanced(by: sent)
                return unsafe Glibc.send(descriptor, rest, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure("send") }
            sent += count
        }
    }

    /// Has `close` reset the connection instead of ending it in order.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// The next response; `toHead` reads none of the promised body.
    func receive(toHead: Bool = false) throws -> RawResponse {
        let end: [UInt8] = [13, 10, 13, 10]
        var scanned = 0
        while true {
            if let start = unread[scanned...].indices.first(where: { unread[$0...].starts(with: end) }) {
                var response = RawResponse(head: String(decoding: unread[..<start], as: UTF8.self))
                unread.removeFirst(start + end.count)
                let length = toHead ? 0 : Int(response["Content-Length"] ?? "") ?? 0
                while unread.count < length, try readMore() {}
                response.body = String(decoding: unread.prefix(length), as: UTF8.self)
                unread.removeFirst(min(length, unread.count))
                return response
            }
            scanned = max(0, unread.count - end.count)
            guard try readMore() else { throw Failure("the server closed before it answered") }
        }
    }

    /// All that comes until the server closes.
    func receiveAll() throws -> String {
        while try readMore() {}
        return String(decoding: unread, as: UTF8.self)
    }

    /// Whether the server ends the connection, in order or by a reset, whatever it sends before.
    func isClosedByServer() throws -> Bool {
        do {
            while try readMore() {}
        } catch let failure as Failure where failure.code == ECONNRESET {
            return true
        }
        return true
    }

    private func readMore() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { throw Failure("recv") }
        unread += buffer.prefix(count)
        return count > 0
    }
}
