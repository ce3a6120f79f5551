import Synchronization

/// Jobs waiting for the threads that serve them.
package final class WorkQueue<Job: Sendable>: Sendable {
    private struct State {
        var waiting = RingBuffer<Job>()
        /// Threads asleep that nobody has signalled yet.
        var idle = 0
        /// Threads that have been signalled, and aren't here yet.
        var woken = 0
        var isClosed = false
    }

    /// What became of a job that was offered.
    package enum Admission {
        case taken, takenButNobodyIdle, full, closed
    }

    private let limit: Int
    private let together: Int
    private let state = Mutex(State())
    private let semaphore = Semaphore()

    /// A queue in which at most `limit` jobs wait, and of which a thread takes as many as `together` at a time: so many need
    /// no other thread to be woken.
    package init(limit: Int, together: Int = 1) {
        self.limit = limit
        self.together = together
    }

    /// Adds a job, unless too many wait. An urgent one is added in any case.
    package func offer(_ job: Job, urgent: Bool = false) -> Admission {
        let (admission, mustSignal): (Admission, Bool) = state.withLock { state in
            if state.isClosed { return (.closed, false) }
            if state.waiting.count >= limit, !urgent { return (.full, false) }
            state.waiting.append(job)
            if state.waiting.count <= state.woken * together { return (.taken, false) }
            guard state.idle > 0 else { return (.takenButNobodyIdle, false) }
            state.idle -= 1
            state.woken += 1
            return (.taken, true)
        }
        if mustSignal {
            semaphore.signal()
        }
        return admission
    }

    /// The next job, waiting for one. Nil when the queue is closed and empty.
    package func next() -> Job? {
        var hasSlept = false
        while true {
            let (job, isOver): (Job?, Bool) = state.withLock { state in
                if hasSlept { state.woken -= 1 }
                if let job = state.waiting.popFirst() { return (job, false) }
                if state.isClosed { return (nil, true) }
                state.idle += 1
                return (nil, false)
            }
            if let job { return job }
            if isOver { return nil }
            semaphore.wait()
            hasSlept = true
        }
    }

    /// The next jobs, as many as are taken together, waiting for one. Nil when the queue is closed and empty.
    package func nextTogether() -> [Job]? {
        guard let first = next() else { return nil }
        return [first] + state.withLock { state in (1..<together).compactMap { _ in state.waiting.popFirst() } }
    }

    /// A job if one waits.
    package func nextIfWaiting() -> Job? {
        state.withLock { $0.waiting.popFirst() }
    }

    /// How many jobs wait.
    package var count: Int { state.withLock { $0.waiting.count } }

    /// Whether more jobs wait than threads are on their way to.
    package var isCrowded: Bool { state.withLock { $0.waiting.count > $0.woken * together } }

    /// Refuses further jobs; the threads end when they have served those that wait.
    package func close() {
        let sleepers = state.withLock { state in
            state.isClosed = true
            defer {
                state.woken += state.idle
                state.idle = 0
            }
            return state.idle
        }
        for _ in 0..<sleepers {
            semaphore.signal()
        }
    }
}
