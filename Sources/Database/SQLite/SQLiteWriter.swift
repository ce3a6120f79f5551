import OperatingSystem
import Synchronization

/// What SQLite's one writer thread does: commits the writes that wait together, so that they share one sync of the
/// disk.
///
/// While requests wait for a thread, those that wait now go first, unless a commit is full already: what they write shares
/// it, and their tokens are then signed together. On a machine that isn't busy no write waits for another.
///
/// Each write runs in a savepoint of its own, so one that fails is undone alone. None of the callers goes on before the
/// commit: an answer must never tell of what the disk doesn't hold.
struct SQLiteWriter {
    /// The most writes that are committed together.
    private static let batchLimit = 64

    let connection: SQLiteConnection
    let hub: NotificationHub
    let counter: StatisticsCounter
    let condition: WriterCondition
    let executor: RequestExecutor?

    /// Serves the queue until it is closed.
    func serve(_ queue: WorkQueue<any PendingWork>) {
        // While the processors are busy the writes gather, and share a commit.
        withBatchScheduling {
            while let first = queue.next() {
                if queue.count < Self.batchLimit - 1 { executor?.letOthersGoFirst() }
                commit(first, with: queue)
            }
        }
        // Fails when another process reads the file, and then leaves the log to that one.
        try? connection.control("pragma wal_checkpoint(truncate)")
        connection.close()
    }

    private func commit(_ first: any PendingWork, with queue: WorkQueue<any PendingWork>) {
        var batch = Batch()
        do {
            try counter.measure(transactions: 0) {
                try connection.control("begin immediate")
                var next: (any PendingWork)? = first
                while let work = next {
                    try perform(work, in: &batch)
                    next = batch.outcomes.count < Self.batchLimit ? queue.nextIfWaiting() : nil
                }
                try connection.control("commit")
            }
        } catch {
            if connection.isInTransaction {
                try? connection.control("rollback")
            }
            condition.note(error)
            let isLocked = batch.outcomes.isEmpty && (error as? DatabaseError)?.code == .busy
            batch.fail(error, ifEmpty: first)
            // Another process has the file locked. Each would wait as long as the first, one after another.
            while isLocked, let work = queue.nextIfWaiting() {
                batch.outcomes.append((work, error))
            }
        }
        counter.transactions.wrappingAdd(batch.outcomes.count, ordering: .relaxed)
        counter.groupCommits.wrappingAdd(1, ordering: .relaxed)
        for (channel, payload) in batch.notifications {
            hub.deliver(channel, payload)
        }
        for (work, failure) in batch.outcomes {
            work.finish(failure)
        }
    }

    /// Runs one write in its savepoint. Throws only what ends the whole batch.
    private func perform(_ work: any PendingWork, in batch: inout Batch) throws {
        connection.start()
        do {
            try connection.control("savepoint one_write")
            try work.perform(on: connection)
            if let failure = connection.failure { throw failure }
            try connection.control("release one_write")
            batch.outcomes.append((work, nil))
            batch.notifications += connection.takeNotifications()
        } catch {
            condition.note(error)
            batch.outcomes.append((work, error))
            guard connection.isInTransaction else { throw error }
            try connection.control("rollback to one_write")
            try connection.control("release one_write")
        }
    }

    /// Writes that share a commit, and what became of each.
    private struct Batch {
        var outcomes: [(work: any PendingWork, failure: (any Error)?)] = []
        var notifications: [(channel: String, payload: String)] = []

        /// Nothing was committed: every write of the batch gets the error, also one that failed before, because it may
        /// have failed over what another of the batch had written.
        mutating func fail(_ error: any Error, ifEmpty first: any PendingWork) {
            if outcomes.isEmpty {
                outcomes = [(first, nil)]
            }
            outcomes = outcomes.map { ($0.work, error) }
            notifications = []
        }
    }
}
