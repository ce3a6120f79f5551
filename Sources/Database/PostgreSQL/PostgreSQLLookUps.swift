import OperatingSystem
import Synchronization

/// A statement that finds its rows by a key, and the caller who waits for them.
struct LookUp: Sendable {
    let sql: SQL
    let continuation: CheckedContinuation<[Row], any Error>
    let offered = ContinuousClock.now
}

/// What each thread for look-ups does: keeps one connection warm, and sends what waits in one round trip. So one wake of
/// the thread, and one of PostgreSQL's process, serves all that came meanwhile.
struct PostgreSQLLookUps {
    /// How many go in one round trip: the first waits for the last.
    static let together = 16

    let settings: PostgreSQLSettings
    /// How long a caller waits before others are asked for.
    let patience: Duration
    let counter: StatisticsCounter

    /// Serves the queue until it is closed.
    func serve(_ queue: WorkQueue<LookUp>) {
        var connection: PostgreSQLConnection?
        while let lookUps = queue.nextTogether() {
            counter.measure(transactions: lookUps.count) { answer(lookUps, on: &connection) }
        }
    }

    /// Answers them all. Whoever comes behind one that fails is asked for again, and all are once where the connection
    /// was lost.
    private func answer(_ lookUps: [LookUp], on connection: inout PostgreSQLConnection?) {
        var waiting = refusingLate(lookUps[...])
        var mayReconnect = true
        while !waiting.isEmpty {
            let (answers, cause) = ask(waiting.map(\.sql), on: &connection)
            for (lookUp, rows) in zip(waiting, answers) {
                lookUp.continuation.resume(returning: rows)
            }
            waiting = waiting.dropFirst(answers.count)
            guard let failed = waiting.first else { return }
            let failure = cause ?? DatabaseError(.other, "A statement has no answer.")
            switch failure.code {
            case .connectionFailure where mayReconnect:
                mayReconnect = false
                counter.retries.wrappingAdd(1, ordering: .relaxed)
            case .connectionFailure:
                waiting.forEach { $0.continuation.resume(throwing: failure) }
                return
            default:
                failed.continuation.resume(throwing: failure)
                waiting = refusingLate(waiting.dropFirst())
            }
        }
    }

    private func ask(
        _ statements: [SQL],
        on connection: inout PostgreSQLConnection?
    ) -> (answers: [[Row]], failure: DatabaseError?) {
        do {
            return try PostgreSQLConnection.usable(&connection, settings, counter: counter).lookUp(statements)
        } catch {
            return ([], error)
        }
    }

    /// Those who haven't waited too long. Else each would wait as long again as the one before it was held up.
    private func refusingLate(_ lookUps: ArraySlice<LookUp>) -> ArraySlice<LookUp> {
        let now = ContinuousClock.now
        return lookUps.filter { lookUp in
            guard lookUp.offered.duration(to: now) > patience else { return true }
            counter.refusals.wrappingAdd(1, ordering: .relaxed)
            lookUp.continuation.resume(throwing: DatabaseError.noConnection(within: patience))
            return false
        }[...]
    }
}
