import Synchronization

/// As what the handler of a request counts.
enum HandlerStanding {
    /// It isn't handled.
    case none
    case running
    /// It waits for somebody outside.
    case waiting
    /// It goes on after it waited. It counts apart from those that run: when a slow function answers a thousand at once,
    /// nobody else is refused for it.
    case returned
}

/// The place of one request among those that are handled, which it enters by `InFlightRequests.admit`.
final class HandlerPlace: Sendable {
    private let inFlight: InFlightRequests
    private let standing = Mutex(HandlerStanding.none)

    init(in inFlight: InFlightRequests) {
        self.inFlight = inFlight
    }

    /// The request was counted among those that run.
    func enter() {
        standing.withLock { $0 = .running }
    }

    /// Gives the place back while the handler waits. False where it can't be: too many wait already, or the request has
    /// left.
    func giveBack() -> Bool {
        standing.withLock { standing in
            guard standing == .running || standing == .returned, inFlight.beginWaiting(from: standing) else {
                return false
            }
            standing = .waiting
            return true
        }
    }

    /// The handler goes on, unless the request has left.
    func takeAgain() {
        standing.withLock { standing in
            guard standing == .waiting else { return }
            inFlight.endWaiting()
            standing = .returned
        }
    }

    /// The handler has ended, or was given up.
    func leave() {
        standing.withLock { standing in
            inFlight.end(standing)
            standing = .none
        }
    }
}
