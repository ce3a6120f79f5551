import OperatingSystem
import Synchronization

/// A bounded number of threads that serve one queue. Each is started when a job finds no other idle.
final class WorkerPool<Job: Sendable>: Sendable {
    private struct State {
        var started = 0
        var running = 0
        var isClosing = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let limit: Int
    private let queue: WorkQueue<Job>
    private let counter: StatisticsCounter
    private let serve: @Sendable (WorkQueue<Job>) -> Void
    private let state = Mutex(State())

    /// A pool whose threads each run `serve`, which takes jobs from the queue, one by one or so many together, until there
    /// are no more to come.
    init(
        threads limit: Int,
        waitingLimit: Int,
        together: Int = 1,
        counter: StatisticsCounter,
        serve: @escaping @Sendable (WorkQueue<Job>) -> Void
    ) {
        self.limit = limit
        self.queue = WorkQueue(limit: waitingLimit, together: together)
        self.counter = counter
        self.serve = serve
    }

    deinit {
        queue.close()
    }

    /// Adds a job to the queue. Throws `overloaded` when too many wait and `connectionFailure` when closed.
    func submit(_ job: Job, urgent: Bool = false) throws(DatabaseError) {
        switch queue.offer(job, urgent: urgent) {
        case .taken:
            break
        case .takenButNobodyIdle:
            startThread()
        case .full:
            counter.refusals.wrappingAdd(1, ordering: .relaxed)
            throw DatabaseError(.overloaded, "Too many callers wait for the database.")
        case .closed:
            throw DatabaseError(.connectionFailure, "The database is closed.")
        }
    }

    /// Lets the threads finish what waits, and returns when they have ended.
    func close() async {
        queue.close()
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                state.isClosing = true
                guard state.running > 0 else { return true }
                state.closers.append(continuation)
                return false
            }
            if isOver {
                continuation.resume()
            }
        }
    }

    /// Starts another thread, unless there are as many as there may be.
    func startThread() {
        let mayStart = state.withLock { state in
            guard state.started < limit else { return false }
            state.started += 1
            state.running += 1
            return true
        }
        guard mayStart else { return }
        do {
            try OperatingSystem.startThread { [queue, serve, ended = ended] in
                serve(queue)
                ended()
            }
        } catch {
            // The job stays in the queue: a thread that runs serves it, or the next `submit` tries again.
            state.withLock { state in
                state.started -= 1
                state.running -= 1
            }
        }
    }

    private var ended: @Sendable () -> Void {
        { [weak self] in self?.threadEnded() }
    }

    private func threadEnded() {
        let closers = state.withLock { state in
            state.running -= 1
            guard state.running == 0, state.isClosing else { return [CheckedContinuation<Void, Never>]() }
            defer { state.closers = [] }
            return state.closers
        }
        for closer in closers {
            closer.resume()
        }
    }
}
