import Glibc
import OperatingSystem
import Synchronization

/// What each thread of the pool does: keeps one connection warm, runs one call after another, and repeats those that a
/// collision or a lost connection undid.
struct PostgreSQLWorker {
    /// What a caller asked for, and since when.
    struct Job: Sendable {
        enum Kind {
            case read, write
        }

        let kind: Kind
        let work: any PendingWork
        let offered = ContinuousClock.now

        static func read(_ work: any PendingWork) -> Job { Job(kind: .read, work: work) }
        static func write(_ work: any PendingWork) -> Job { Job(kind: .write, work: work) }
    }

    /// How often a `write` is run before its failure is the caller's.
    private static let attempts = 5

    let settings: PostgreSQLSettings
    /// How long a caller waits for a connection.
    let patience: Duration
    let counter: StatisticsCounter
    let condition: WriterCondition

    /// Serves the queue until it is closed.
    func serve(_ queue: WorkQueue<Job>) {
        var connection: PostgreSQLConnection?
        while let job = queue.next() {
            if job.offered.duration(to: .now) > patience {
                counter.refusals.wrappingAdd(1, ordering: .relaxed)
                job.work.finish(DatabaseError.noConnection(within: patience))
                continue
            }
            do {
                try counter.measure(transactions: 1) { try run(job, on: &connection) }
                job.work.finish(nil)
            } catch {
                if job.kind == .write { condition.note(error) }
                job.work.finish(error)
            }
        }
    }

    private func run(_ job: Job, on connection: inout PostgreSQLConnection?) throws {
        var attempt = 1
        while true {
            do {
                return try runOnce(job, on: &connection)
            } catch let error as DatabaseError where mayRepeat(job, after: error, attempt: attempt, connection) {
                counter.retries.wrappingAdd(1, ordering: .relaxed)
                pause(after: attempt)
                attempt += 1
            }
        }
    }

    private func runOnce(_ job: Job, on connection: inout PostgreSQLConnection?) throws {
        let current = try PostgreSQLConnection.usable(&connection, settings, counter: counter)
        switch job.kind {
        case .read: try current.read(job.work)
        case .write: try current.write(job.work)
        }
    }

    private func mayRepeat(
        _ job: Job,
        after error: DatabaseError,
        attempt: Int,
        _ connection: PostgreSQLConnection?
    ) -> Bool {
        switch (job.kind, error.code) {
        case (.read, .connectionFailure): attempt < 2
        case (.read, _): false
        case (.write, .serializationFailure): attempt < Self.attempts
        case (.write, .connectionFailure): attempt < Self.attempts && connection?.isCommitSent != true
        case (.write, _): false
        }
    }

    /// Sleeps 1 to 2, then 2 to 4, 4 to 8, … milliseconds, so that two that collided don't do so again.
    private func pause(after attempt: Int) {
        let longest = UInt32(2000 << attempt)
        usleep(UInt32.random(in: longest / 4..<longest / 2))
    }
}

extension DatabaseError {
    /// Nobody could be asked, as all connections were held up.
    static func noConnection(within patience: Duration) -> DatabaseError {
        DatabaseError(.overloaded, "No connection came free within \(patience).")
    }
}
