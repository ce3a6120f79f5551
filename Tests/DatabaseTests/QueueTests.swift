import Database
import DatabaseTestSupport
import Dispatch
import Testing

@Suite(.timeLimit(.minutes(1))) struct QueueTests {
    /// One thread of each sort, and two callers that may wait.
    private var narrow: DatabaseOptions {
        var options = DatabaseOptions()
        options.sqliteReaders = 1
        options.postgreSQLConnections = 1
        options.waitingLimit = 2
        // Those who wait are to be counted, however long the tests beside this one keep them from it.
        options.patience = .seconds(3600)
        return options
    }

    @Test("past the limit a caller is refused at once", arguments: TestEngine.withPooler)
    func overload(engine: TestEngine) async throws {
        try await engine.withDatabase(narrow) { database in
            let (started, go) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            async let blocker: Void = database.read { _ in
                started.signal()
                go.wait()
            }
            await started.signalled()
            let outcomes = await withTaskGroup(of: Result<Int, any Error>.self) { group in
                for number in 0..<5 {
                    group.addTask {
                        do { return .success(try await database.read { _ in number }) } catch { return .failure(error) }
                    }
                }
                var outcomes: [Result<Int, any Error>] = []
                for await outcome in group {
                    outcomes.append(outcome)
                    // Three are refused while the thread is still held; only then may the two that wait go on.
                    if outcomes.count == 3 { go.signal() }
                }
                return outcomes
            }
            try await blocker
            let refused = outcomes.prefix(3).filter { outcome in
                if case .failure(let error as DatabaseError) = outcome { error.code == .overloaded } else { false }
            }
            #expect(refused.count == 3)
            #expect(outcomes.dropFirst(3).allSatisfy { if case .success = $0 { true } else { false } })
            #expect(database.statistics.refusals == 3)
        }
    }

    @Test("whoever has waited too long for a connection is refused", arguments: [TestEngine.postgreSQL])
    func patience(engine: TestEngine) async throws {
        try await engine.withURL { url in
            var options = DatabaseOptions.small
            options.patience = .zero
            let database = try openDatabase(url, options: options)
            await #expect(throws: DatabaseError(.overloaded, "")) {
                try await database.read { try $0.rows("select 1") }
            }
            #expect(database.statistics.refusals == 1)
            await database.close()
        }
    }

    @Test("a ping answers, and fails within its limit while the database is held up", arguments: TestEngine.withPooler)
    func ping(engine: TestEngine) async throws {
        try await engine.withDatabase(narrow) { database in
            try await database.ping()
            let go = DispatchSemaphore(value: 0)
            async let blocker: Void = database.read { _ in go.wait() }
            // The blocker is queued before the second ping or after it; until it runs, pings go on answering.
            var failure: DatabaseError?
            while failure == nil {
                do { try await database.ping() } catch let error as DatabaseError { failure = error }
            }
            #expect(failure?.code == .connectionFailure)
            go.signal()
            try await blocker
            try await database.ping()
        }
    }

    @Test("close finishes what waits and refuses what comes later", arguments: TestEngine.withPooler)
    func close(engine: TestEngine) async throws {
        try await engine.withURL { url in
            let database = try openDatabase(url, options: .small)
            try await database.write { try $0.execute("create table t (i bigint)") }
            let outcomes = await concurrently(51) { number in
                if number == 50 {
                    await database.close()
                } else {
                    try await database.write { try $0.execute("insert into t values (1)") }
                }
            }
            await #expect(throws: DatabaseError(.connectionFailure, "")) {
                try await database.read { try $0.rows("select 1") }
            }
            let written = outcomes.dropLast().count { if case .success = $0 { true } else { false } }
            let again = try openDatabase(url, options: .small)
            #expect(try await again.int("select count(*) from t") == written)
            await again.close()
        }
    }

    @Test("statistics count statements and transactions", arguments: TestEngine.withPooler)
    func statistics(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await database.write { connection in
                try connection.execute("create table t (i bigint)")
                try connection.execute("insert into t values (1)")
            }
            _ = try await database.read { try $0.rows("select i from t") }
            let statistics = database.statistics
            #expect(statistics.statements == 3)
            #expect(statistics.transactions == 2)
            #expect(statistics.nanoseconds > 0)
            #expect(statistics.groupCommits == (engine == .sqlite ? 1 : 0))
        }
    }
}
