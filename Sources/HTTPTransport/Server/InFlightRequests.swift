import Synchronization

/// The requests that a server has begun and not finished: what limits them, and what `drain` waits for.
final class InFlightRequests: Sendable {
    private struct Handled {
        /// Each as often as it was admitted: one whose body goes to a sink is admitted for every part, and the next part
        /// may come before the last is dismissed.
        var exchanges: [ObjectIdentifier: (exchange: Exchange, admissions: Int)] = [:]
        var isClosed = false
    }

    /// Those whose handlers run, and whose connections are mostly suspended.
    private let handled = Mutex(Handled())
    /// How many handlers there are of each standing. Apart from `handled`, because they go down before the connection
    /// resumes: the client may send its next request as soon as it has its answer.
    private let running = Atomic(0)
    private let waiting = Atomic(0)
    private let returned = Atomic(0)
    private let limits: HTTPServerLimits
    /// Those read at least up to the end of the header and not yet answered to the last byte.
    private let begun = Atomic(0)

    init(limits: HTTPServerLimits) {
        self.limits = limits
    }

    var isEmpty: Bool { begun.load(ordering: .acquiring) == 0 }

    func begin() {
        begun.add(1, ordering: .relaxed)
    }

    func end() {
        begun.subtract(1, ordering: .releasing)
    }

    /// Admits a request to the handler, or says why not. `isReserved` where it is never to be refused.
    func admit(_ exchange: Exchange, isReserved: Bool) -> HTTPRejection? {
        let limit = limits.maximumRequestsInFlight + (isReserved ? limits.reservedRequestsInFlight : 0)
        let isWithinLimit =
            running.add(1, ordering: .relaxed).newValue <= limit
            && (isReserved || returned.load(ordering: .relaxed) <= limits.maximumRequestsReturned)
        let isAdmitted = handled.withLock { handled in
            guard isWithinLimit, !handled.isClosed else { return false }
            handled.exchanges[ObjectIdentifier(exchange), default: (exchange, 0)].admissions += 1
            return true
        }
        guard isAdmitted else {
            running.subtract(1, ordering: .relaxed)
            return isWithinLimit ? .stopping : .overloaded
        }
        exchange.place.enter()
        return nil
    }

    /// The handler waits for somebody outside: it counts among those, unless they are too many already, which is told.
    func beginWaiting(from standing: HandlerStanding) -> Bool {
        guard waiting.add(1, ordering: .relaxed).newValue <= limits.maximumRequestsWaiting else {
            waiting.subtract(1, ordering: .relaxed)
            return false
        }
        end(standing)
        return true
    }

    /// The handler goes on. It was admitted once, so it isn't refused now, however many there are.
    func endWaiting() {
        returned.add(1, ordering: .relaxed)
        waiting.subtract(1, ordering: .relaxed)
    }

    /// A handler has that standing no more.
    func end(_ standing: HandlerStanding) {
        switch standing {
        case .none: break
        case .running: running.subtract(1, ordering: .relaxed)
        case .waiting: waiting.subtract(1, ordering: .relaxed)
        case .returned: returned.subtract(1, ordering: .relaxed)
        }
    }

    /// The connection is resumed, or never was suspended.
    func dismiss(_ exchange: Exchange) {
        handled.withLock { handled in
            let key = ObjectIdentifier(exchange)
            handled.exchanges[key]?.admissions -= 1
            if handled.exchanges[key]?.admissions == 0 { handled.exchanges[key] = nil }
        }
    }

    /// Admits no more, and tells which handlers run.
    func close() -> [Exchange] {
        handled.withLock { handled in
            handled.isClosed = true
            return handled.exchanges.values.map(\.exchange)
        }
    }

    /// Whether a connection is suspended, or may yet be.
    var hasSuspended: Bool { handled.withLock { !$0.exchanges.isEmpty } }
}
