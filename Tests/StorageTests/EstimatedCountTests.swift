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
                try await fixture.store.database.analyze()
                plans.append(try await fixture.store.database.plan(of: statement))
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
}
