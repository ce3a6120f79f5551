import Database
import DatabaseTestSupport
import Dispatch
import Testing

@Suite(.timeLimit(.minutes(1))) struct LookUpTests {
    /// One connection, so that those who wait share it.
    private var narrow: DatabaseOptions {
        var options = DatabaseOptions.small
        options.postgreSQLLookUpConnections = 1
        return options
    }

    @Test("whoever looks up gets their own rows, with the limits of a read", arguments: TestEngine.withPooler)
    func rows(engine: TestEngine) async throws {
        try await engine.withDatabase(narrow) { database in
            try await database.write { connection in
                try connection.execute("create table t (i bigint primary key, n text not null)")
                for number in 0..<100 {
                    try connection.execute("insert into t values (\(number), \("number \(number)"))")
                }
            }
            let before = database.statistics
            let outcomes = await concurrently(200) { number in
                try await database.lookUp("select n from t where i = \(number)").map { try $0.text(0) }
            }
            #expect(try outcomes.map { try $0.get() } == (0..<200).map { $0 < 100 ? ["number \($0)"] : [] })
            #expect(database.statistics.statements - before.statements == 200)
            // Counted behind the answers.
            while database.statistics.transactions - before.transactions < 200 { await Task.yield() }
            #expect(database.statistics.transactions - before.transactions == 200)
            await #expect(throws: DatabaseError(.readOnly, "")) {
                try await database.lookUp("delete from t returning i")
            }
        }
    }

    @Test("one that fails takes nobody along", arguments: TestEngine.withPooler)
    func failures(engine: TestEngine) async throws {
        try await engine.withDatabase(narrow) { database in
            let outcomes = await concurrently(100) { number in
                switch number % 5 {
                case 1: try await database.lookUp("select nothing, \(number)").count
                case 2: try await database.lookUp("select \("\0")").count
                default: try await database.lookUp("select cast(\(number) as bigint)").first?.int(0) ?? -1
                }
            }
            for (number, outcome) in outcomes.enumerated() {
                let expected: Result<Int, DatabaseError> =
                    switch number % 5 {
                    case 1: .failure(DatabaseError(.other, ""))
                    case 2: .failure(DatabaseError(.invalidText, ""))
                    default: .success(number)
                    }
                #expect(outcome.mapError { $0 as? DatabaseError ?? DatabaseError(.busy, "\($0)") } == expected)
            }
        }
    }

    @Test("whoever has waited too long for a connection is refused", arguments: [TestEngine.postgreSQL])
    func patience(engine: TestEngine) async throws {
        try await engine.withURL { url in
            var options = narrow
            options.patience = .zero
            let database = try openDatabase(url, options: options)
            await #expect(throws: DatabaseError(.overloaded, "")) { try await database.lookUp("select 1") }
            #expect(database.statistics.refusals == 1)
            await database.close()
        }
    }

    @Test("they aren't held up by reads and writes that hold all of their own connections")
    func heldUp() async throws {
        try await TestEngine.postgreSQL.withURL { url in
            var options = narrow
            options.postgreSQLConnections = 1
            let database = try openDatabase(url, options: options)
            let (started, go) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            async let blocker: Void = database.write { _ in
                started.signal()
                go.wait()
            }
            await started.signalled()
            #expect(try await database.lookUp("select cast(7 as bigint)").first?.int(0) == 7)
            go.signal()
            try await blocker
            await database.close()
        }
    }

    @Test("closing answers those who wait, and refuses whoever comes later", arguments: TestEngine.withPooler)
    func close(engine: TestEngine) async throws {
        try await engine.withURL { url in
            let database = try openDatabase(url, options: narrow)
            _ = await concurrently(51) { number in
                if number == 50 { await database.close() } else { _ = try await database.lookUp("select 1") }
            }
            await #expect(throws: DatabaseError(.connectionFailure, "")) { try await database.lookUp("select 1") }
        }
    }
}
