import Glibc

/// Listens, but its queue is full: who connects gets no answer.
final class UnacceptingServer {
    let port: UInt16
    private var descriptors: [Int32] = []

    init() throws {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_INET, type, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        descriptors = [descriptor]
        // One connection fits the queue of a backlog of 0; those after it wait for their answer.
        for _ in 0..<4 { descriptors.append(socket(AF_INET, type | Int32(SOCK_NONBLOCK.rawValue), 0)) }
        let clients = descriptors.dropFirst()
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = unsafe bind(descriptor, $0, length)
                _ = listen(descriptor, 0)
                _ = unsafe getsockname(descriptor, $0, &length)
                for client in clients { _ = unsafe connect(client, $0, length) }
            }
        }
        port = address.sin_port.bigEndian
    }

    deinit { descriptors.forEach { close($0) } }
}

func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }
