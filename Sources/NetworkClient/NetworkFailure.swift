/// Why a transfer brought no answer.
package enum NetworkFailure: Error, Equatable {
    /// The name has no address, or its name servers didn't tell it in time.
    case couldNotResolve
    /// Nobody took the connection, or not within the time for it.
    case couldNotConnect
    /// The address policy forbids every address of the host.
    case refusedAddress
    /// TLS wasn't agreed on, or the other side isn't who it should be. With libcurl's reason.
    case tls(String)
    /// The whole answer didn't come in time.
    case timedOut
    /// The answer's header or body is larger than was asked for.
    case tooLarge
    /// The connection ended before the answer was complete.
    case interrupted
    /// The task was cancelled, or the client closed.
    case cancelled
    /// What was asked for can't be sent: with the reason.
    case malformed(String)
    /// Too many transfers wait already, or this one waited until its time was over.
    case overloaded
    /// Anything else, such as an answer that isn't HTTP. With libcurl's reason.
    case other(String)

    /// Whether the other side may have got the request, and may have acted on it. False says that it surely hasn't.
    package var mayHaveBeenReceived: Bool {
        switch self {
        case .couldNotResolve, .couldNotConnect, .refusedAddress, .tls, .malformed, .overloaded: false
        case .timedOut, .tooLarge, .interrupted, .cancelled, .other: true
        }
    }
}
