import Database
import DatabaseTestSupport
import Testing

@Suite struct MigrationTests {
    private static let migrations = [
        Migration(number: 1, name: "pools", sql: "create table pools (id text primary key);\n-- a comment; really\n"),
        Migration(
            number: 2,
            name: "users",
            sql: "create table users (id text primary key, n bigint); create index users_n on users (n);"
        ),
    ]

    @Test("each migration is applied once", arguments: TestEngine.withPooler)
    func once(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await database.migrate([Self.migrations[0]])
            try await database.write { try $0.execute("insert into pools values ('kept')") }
            for _ in 0..<2 {
                try await database.migrate(Self.migrations)
            }
            let (applied, pools) = try await database.read { connection in
                (
                    try connection.rows("select number, name, applied_at from martlet_migrations order by number"),
                    try connection.rows("select id from pools").count
                )
            }
            #expect(try applied.map { try $0.int(0) } == [1, 2])
            #expect(try applied.map { try $0.text(1) } == ["pools", "users"])
            #expect(try applied.allSatisfy { try $0.integer(2) > 1_700_000_000_000 })
            #expect(pools == 1)
        }
    }

    @Test("an edited migration is refused", arguments: TestEngine.withPooler)
    func edited(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await database.migrate(Self.migrations)
            var edited = Self.migrations
            edited[0] = Migration(number: 1, name: "pools", sql: "create table pools (id text)")
            let error = await #expect(throws: DatabaseError.self) { try await database.migrate(edited) }
            #expect(error?.message.contains("edited") == true)
        }
    }

    @Test("a database newer than the program is refused", arguments: TestEngine.withPooler)
    func newer(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await database.migrate(Self.migrations)
            let error = await #expect(throws: DatabaseError.self) {
                try await database.migrate([Self.migrations[0]])
            }
            #expect(error?.message.contains("too old") == true)
        }
    }

    @Test("a failing migration leaves nothing behind", arguments: TestEngine.withPooler)
    func failing(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let broken = Migration(number: 3, name: "broken", sql: "create table half (i bigint); create nonsense;")
            await #expect(throws: DatabaseError.self) { try await database.migrate(Self.migrations + [broken]) }
            await #expect(throws: DatabaseError.self) { try await database.read { try $0.rows("select i from half") } }
            try await database.migrate(Self.migrations)
        }
    }

    @Test("migrations out of order are refused", arguments: TestEngine.withPooler)
    func order(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            await #expect(throws: DatabaseError.self) { try await database.migrate(Self.migrations.reversed()) }
        }
    }

    @Test("several nodes may migrate at once", arguments: TestEngine.withPooler)
    func concurrent(engine: TestEngine) async throws {
        try await engine.withURL { url in
            let outcomes = await concurrently(4) { _ in
                let database = try openDatabase(url, options: .small)
                do {
                    try await database.migrate(Self.migrations)
                } catch {
                    await database.close()
                    throw error
                }
                await database.close()
            }
            for outcome in outcomes {
                try outcome.get()
            }
        }
    }
}
