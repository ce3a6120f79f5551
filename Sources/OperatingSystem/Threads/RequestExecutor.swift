import Glibc

/// Runs the tasks of requests on threads of its own, as many as there are processors.
///
/// Swift's cooperative pool must never block; these threads may, for as long as a look into a database takes. So a
/// request can read without being handed to another thread and back, which would cost more than the read.
package final class RequestExecutor: TaskExecutor {
    /// One for the process: its threads are for the processors, not for a server. They never end.
    package static let shared = RequestExecutor(threads: max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

    private enum Job {
        case task(UnownedJob)
        case turn(@Sendable () -> Void)
    }

    private let queue = WorkQueue<Job>(limit: .max)

    /// Starts as many threads, which never end: `shared` is for all but tests.
    package init(threads count: Int) {
        for _ in 0..<count {
            do {
                try startThread { self.serve() }
            } catch {
                preconditionFailure("\(error)")
            }
        }
    }

    /// Has a thread run the job, after those that came before it.
    package func enqueue(_ job: consuming ExecutorJob) {
        _ = queue.offer(.task(UnownedJob(job)))
    }

    /// Has a thread run the body, after the jobs that came before it.
    package func takeTurn(_ body: @escaping @Sendable () -> Void) {
        _ = queue.offer(.turn(body))
    }

    /// Returns when a thread has taken the jobs that wait, whether or not they are done, at once where none does: as late as
    /// the threads are busy. For threads that aren't the executor's.
    package func letOthersGoFirst() {
        guard isCrowded else { return }
        let turn = Semaphore()
        takeTurn { turn.signal() }
        turn.wait()
    }

    /// Whether a job waits for a thread, as all are busy.
    package var isCrowded: Bool { queue.isCrowded }

    private func serve() {
        let executor = unsafe asUnownedTaskExecutor()
        while let job = queue.next() {
            switch job {
            case .task(let job): unsafe job.runSynchronously(on: executor)
            case .turn(let body): body()
            }
        }
    }
}
