import Database
import DatabaseTestSupport
import Domain
import Storage
import Synchronization
import Testing

@Suite("Users are counted in a time that doesn't grow")
struct EstimatedCountTests {
    @Test("exactly while they are few, and nearly beyond", arguments: TestEngine.allCases)
    func count(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let users = fixture.store.users
            #expect(try await users.estimatedCount(in: fixture.pool.id) == 0)
            try await fixture.addUser("ada")
            #expect(try await users.estimatedCount(in: fixture.pool.id) == 1)
            var crowd = Crowd(fixture)
            // Those of another pool don't count.
            try await crowd.add(500, poolID: "us-east-1_Other")
            try await crowd.add(9_998, poolID: fixture.pool.id)
            #expect(try await users.estimatedCount(in: fixture.pool.id) == 9_999)
            try await crowd.add(20_001, poolID: fixture.pool.id)
            #expect((28_500...31_500).contains(try await users.estimatedCount(in: fixture.pool.id)))
        }
    }

    /// What the engine does is a walk along the primary key that ends after ten thousand rows: neither the whole table
    /// nor a sort, of which the cost would grow.
    @Test("by the same plan however many there are", arguments: TestEngine.allCases)
    func plan(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let recorder = RecordingDatabase(fixture.store.database)
            let users = UserRepository(database: recorder, clock: fixture.clock.wallClock)
            _ = try await users.estimatedCount(in: fixture.pool.id)
            let statement = try #require(recorder.statements.first)
            #expect(recorder.statements.count == 1)
            var crowd = Crowd(fixture)
            var plans: [String] = []
            for count in [30_000, 30_000] {
                try await crowd.add(count, poolID: fixture.pool.id)
                plans.append(try await Self.plan(of: statement, in: fixture.store.database))
            }
            #expect(plans[0] == plans[1])
            switch fixture.store.database.kind {
            case .sqlite:
                #expect(plans[1].contains("SEARCH users USING COVERING INDEX"))
                #expect(!plans[1].contains("TEMP B-TREE") && !plans[1].contains("SCAN users"))
            case .postgreSQL:
                #expect(plans[1].contains("Limit") && plans[1].contains("Index Only Scan using users_pkey"))
                #expect(!plans[1].contains("Seq Scan") && !plans[1].contains("Sort"))
            }
        }
    }

    private static func plan(of statement: SQL, in database: any DatabaseEngine) async throws -> String {
        switch database.kind {
        case .sqlite:
            let rows = try await database.read { try $0.rows("explain query plan \(statement)") }
            return try rows.map { try $0.text(3) }.joined(separator: "\n")
        case .postgreSQL:
            // The planner goes by what it knows of the table.
            try await database.write { try $0.execute("analyze users") }
            let rows = try await database.read { try $0.rows("explain (costs off) \(statement)") }
            return try rows.map { try $0.text(0) }.joined(separator: "\n")
        }
    }
}

/// Many users, put into the table without ceremony. Their UUIDs come from a generator that begins alike each time, so
/// that an estimate is the same each time.
private struct Crowd {
    private let database: any DatabaseEngine
    private var state: UInt64 = 42

    init(_ fixture: StorageFixture) { database = fixture.store.database }

    mutating func add(_ count: Int, poolID: String) async throws {
        var added = 0
        while added < count {
            let rows = (0..<min(1000, count - added)).map { _ in
                let sub = uuid()
                return "('\(poolID)', '\(sub)', '\(sub)', '\(sub)', 'CONFIRMED', true, '[]', 0, 0, 1)"
            }.joined(separator: ",")
            added += try await database.write { connection in
                try connection.execute(
                    """
                    insert into users (pool_id, sub, username, username_key, status, enabled, attributes, created_at,
                        modified_at, version)
                    values \(unsafeSQL: rows)
                    """
                )
            }
        }
    }

    /// The next of SplitMix64's, twice, as a random UUID.
    private mutating func uuid() -> String {
        let text = Array(next() + next())
        return "\(String(text[0..<8]))-\(String(text[8..<12]))-4\(String(text[13..<16]))-"
            + "8\(String(text[17..<20]))-\(String(text[20..<32]))"
    }

    private mutating func next() -> String {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        let digits = String(mixed ^ (mixed >> 31), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
