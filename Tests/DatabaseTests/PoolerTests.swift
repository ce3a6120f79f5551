import Database
import DatabaseTestSupport
import Testing

@Suite struct PoolerTests {
    private static let settings: SQL = """
        select current_setting('statement_timeout'), current_setting('lock_timeout'),
            current_setting('idle_in_transaction_session_timeout')
        """

    @Test("reads and writes have their time limits", arguments: [TestEngine.postgreSQL, .pooledPostgreSQL])
    func limits(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let look: @Sendable (any Connection) throws -> [String] = { connection in
                guard let row = try connection.row(Self.settings) else { return [] }
                return try (0..<3).map { try row.text($0) }
            }
            let (reading, writing) = (try await database.read(look), try await database.write(look))
            #expect(reading == ["30s", "5s", "1min"])
            #expect(writing == reading)
        }
    }

    @Test("behind a pooler nothing is left to the session's next user")
    func leftovers() async throws {
        try await TestEngine.pooledPostgreSQL.withDatabase { database in
            let outcomes = await concurrently(50) { number in
                _ = try await database.read { try $0.row("select cast(\(number) as bigint)") }
                try await database.write { try $0.execute("select cast(\(number) as bigint)") }
            }
            for outcome in outcomes { _ = try outcome.get() }
            let (prepared, reading) = try await database.write { connection in
                (
                    try connection.rows("select name from pg_prepared_statements").count,
                    try connection.row("select current_setting('default_transaction_read_only')")?.text(0)
                )
            }
            #expect(prepared == 0)
            #expect(reading == "off")
        }
    }

    @Test("a read that fails leaves its session usable", arguments: TestEngine.withPooler)
    func failedRead(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            for _ in 0..<20 {
                await #expect(throws: DatabaseError(.other, "")) {
                    try await database.read { connection in
                        try connection.enqueue("select 1")
                        _ = try connection.rows("select nothing")
                    }
                }
                let sum = try await database.read { connection in
                    try connection.enqueue("select 1")
                    let one = try connection.row("select cast(1 as bigint)")?.int(0) ?? 0
                    return one + (try connection.row("select cast(2 as bigint)")?.int(0) ?? 0)
                }
                #expect(sum == 3)
            }
        }
    }
}
