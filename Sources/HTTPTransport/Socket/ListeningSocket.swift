internal import CMicroHTTPD
import Glibc

/// Owns one bound, listening TCP socket; closes it when it goes. Until an `HTTPServer` serves it, connections wait in
/// its queue.
package struct ListeningSocket: ~Copyable {
    /// What came of waiting for a connection.
    enum Acceptance {
        /// A non-blocking socket, which the receiver owns, and its peer.
        case connection(Int32, SocketAddress)
        /// None came in time, or the client left before it was accepted.
        case none
        /// The process or the system has no descriptor or memory left.
        case exhausted
        /// `refuseConnections` was called.
        case refused
    }

    private let descriptor: Int32
    /// The bound port, never 0: the one that was free if 0 was asked for.
    package let port: UInt16

    /// `host` is an IPv4 or IPv6 address or `localhost` (127.0.0.1); `::` serves both families. Names aren't resolved,
    /// so this doesn't block. Throws `TransportError` if the host can't be read, or the address not be listened on.
    package init(host: String, port: UInt16) throws(TransportError) {
        let address = try SocketAddress(host: host, port: port)
        let descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw .cannotListen(host: host, port: port, reason: systemErrorText())
        }
        let isListening =
            Self.set(SO_REUSEADDR, SOL_SOCKET, 1, on: descriptor)
            && (address.family == AF_INET || Self.set(IPV6_V6ONLY, Int32(IPPROTO_IPV6), 0, on: descriptor))
            && Self.bind(descriptor, to: address)
            && listen(descriptor, SOMAXCONN) == 0
        guard isListening, let bound = SocketAddress(boundTo: descriptor) else {
            let reason = systemErrorText()
            _ = close(descriptor)
            throw .cannotListen(host: host, port: port, reason: reason)
        }
        self.descriptor = descriptor
        self.port = bound.port
    }

    deinit {
        _ = close(descriptor)
    }

    /// Has `accept` come back with `none` when no connection came for so long.
    func awaitConnections(for patience: Duration) {
        let (seconds, attoseconds) = patience.components
        var time = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Waits for a connection; blocks its thread.
    func accept() -> Acceptance {
        var connection: Int32 = -1
        let peer = unsafe SocketAddress { address, length in
            connection = unsafe martlet_accept(descriptor, address, length)
        }
        if connection >= 0 { return .connection(connection, peer) }
        return switch errno {
        case EINVAL: .refused
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: .exhausted
        default: .none
        }
    }

    /// Has the kernel refuse new connections, reset those nobody accepted, and end `accept`.
    func refuseConnections() {
        _ = shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private static func bind(_ descriptor: Int32, to address: SocketAddress) -> Bool {
        unsafe address.withPointer { address, length in unsafe Glibc.bind(descriptor, address, length) == 0 }
    }

    private static func set(_ option: Int32, _ level: Int32, _ value: Int32, on descriptor: Int32) -> Bool {
        var value = value
        return unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0
    }
}

/// The text of `errno`.
func systemErrorText() -> String {
    unsafe String(cString: strerror(errno))
}
