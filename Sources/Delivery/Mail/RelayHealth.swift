import Synchronization

/// Which servers took nothing lately.
final class RelayHealth: Sendable {
    /// How long a server is passed over.
    private static let pause = Duration.seconds(30)

    private let faultyUntil: Mutex<[ContinuousClock.Instant?]>
    private let observer: @Sendable (TransportFailure) -> Void

    init(count: Int, observer: @escaping @Sendable (TransportFailure) -> Void) {
        faultyUntil = Mutex(Array(repeating: nil, count: count))
        self.observer = observer
    }

    /// In which order they are to be tried: those that took nothing lately come last.
    func order() -> [Int] {
        let now = ContinuousClock.now
        return faultyUntil.withLock { until in
            let isFaulty = until.map { $0.map { $0 > now } ?? false }
            return until.indices.filter { !isFaulty[$0] } + until.indices.filter { isFaulty[$0] }
        }
    }

    /// What became of a mail there; nil where it was taken.
    func note(_ index: Int, _ failure: TransportFailure?) {
        let isNew = faultyUntil.withLock { until in
            let now = ContinuousClock.now
            let wasFaulty = until[index].map { $0 > now } ?? false
            until[index] = failure.map { _ in now + Self.pause }
            return !wasFaulty
        }
        if let failure, isNew { observer(failure) }
    }
}
