import Synchronization

/// Counts since the database was opened, for metrics.
package struct DatabaseStatistics: Sendable, Equatable {
    /// Statements of callers, without `begin`, `commit` and the like.
    package var statements = 0
    /// Calls of `read` and `write` that ran, each once however often it was retried.
    package var transactions = 0
    /// Time that threads spent in them, in nanoseconds.
    package var nanoseconds = 0
    /// Commits of SQLite's writer; fewer than there were writes when writes were committed together.
    package var groupCommits = 0
    /// Calls turned away because too many waited.
    package var refusals = 0
    /// Times that a transaction was run again, after a collision or on a new connection.
    package var retries = 0
}

/// Where the engine's threads count.
final class StatisticsCounter: Sendable {
    let statements = Atomic(0)
    let transactions = Atomic(0)
    let nanoseconds = Atomic(0)
    let groupCommits = Atomic(0)
    let refusals = Atomic(0)
    let retries = Atomic(0)

    var snapshot: DatabaseStatistics {
        DatabaseStatistics(
            statements: statements.load(ordering: .relaxed),
            transactions: transactions.load(ordering: .relaxed),
            nanoseconds: nanoseconds.load(ordering: .relaxed),
            groupCommits: groupCommits.load(ordering: .relaxed),
            refusals: refusals.load(ordering: .relaxed),
            retries: retries.load(ordering: .relaxed)
        )
    }

    /// Runs work that stands for so many transactions and adds up the time it took.
    func measure<T>(transactions count: Int, _ work: () throws -> T) rethrows -> T {
        let start = ContinuousClock.now
        defer {
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            let elapsed = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
            nanoseconds.wrappingAdd(elapsed, ordering: .relaxed)
            transactions.wrappingAdd(count, ordering: .relaxed)
        }
        return try work()
    }
}
