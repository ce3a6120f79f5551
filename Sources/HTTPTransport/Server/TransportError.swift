/// Why a server couldn't start.
package enum TransportError: Error, Equatable, CustomStringConvertible {
    /// The host is neither an IP address nor `localhost`.
    case invalidHost(String)
    /// The address can't be listened on: taken, not ours, or not permitted. `reason` is the system's text.
    case cannotListen(host: String, port: UInt16, reason: String)
    /// libmicrohttpd gave no daemon: out of threads, memory or file descriptors.
    case cannotStart(reason: String)

    /// One line for a person.
    package var description: String {
        switch self {
        case .invalidHost(let host): "'\(host)' is not an IP address to listen on"
        case .cannotListen(let host, let port, let reason): "can't listen on \(host) port \(port): \(reason)"
        case .cannotStart(let reason): "can't start the HTTP server: \(reason)"
        }
    }
}
