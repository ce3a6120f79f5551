import Database
import DatabaseTestSupport
import Domain
import Foundation
import Storage
import Testing

/// What the engine does for a page is a walk along an index from where the page begins: no table is read whole and
/// nothing is sorted, or the cost would grow with the users.
@Suite("A page of users is a range of an index")
struct UserListPlanTests {
    private static let count = 5_000

    /// A filter, and the index that serves it.
    private static let filters: [(filter: String, index: String)] = [
        ("", "users_pkey"),
        (#"username = "ada""#, "users_by_username"),
        (#"username ^= "a""#, "users_by_username"),
        (#"email = "ada@example.com""#, "users_by_email"),
        (#"email ^= "a""#, "users_by_email"),
        (#"phone_number = "+15550100""#, "users_by_phone_number"),
        (#"phone_number ^= "+1""#, "users_by_phone_number"),
        (#"given_name ^= "name1""#, "users_by_given_name"),
        (#"sub = "00000000-0000-4000-8000-00000000dead""#, "users_pkey"),
        (#"sub ^= "0000""#, "users_pkey"),
        (#"cognito:user_status = "RESET_REQUIRED""#, "users_by_status"),
        (#"cognito:user_status ^= "RESET""#, "users_by_status"),
        (#"status = "Disabled""#, "users_by_enabled"),
    ]

    @Test("of all and of those who match, the first page and a later one", arguments: TestEngine.allCases)
    func list(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            var crowd = Crowd(fixture)
            try await crowd.add(Self.count, poolID: fixture.pool.id)
            try await fixture.store.database.analyze()
            for (text, index) in Self.filters {
                for cursor in [nil, ["a", "80000000-0000-4000-8000-000000000000"]] {
                    let recorder = RecordingDatabase(fixture.store.database)
                    let users = UserRepository(database: recorder, clock: fixture.clock.wallClock)
                    let filter = try UserFilter(text)
                    _ = try await users.list(in: fixture.pool, filter: filter, after: cursor, limit: 60)
                    let statement = try #require(recorder.statements.first)
                    #expect(recorder.statements.count == 1)
                    try await Self.expect(index, in: statement, of: fixture)
                }
            }
        }
    }

    @Test("of a group, the first page and a later one", arguments: TestEngine.allCases)
    func group(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            var crowd = Crowd(fixture)
            try await crowd.add(Self.count, poolID: fixture.pool.id)
            let group = try fixture.group("everybody")
            try await fixture.store.groups.create(group)
            try await fixture.store.database.write { connection in
                try connection.execute(
                    "insert into group_members (pool_id, group_id, sub) select pool_id, \(group.id), sub from users"
                )
            }
            try await fixture.store.database.analyze()
            for cursor in [nil, ["80000000-0000-4000-8000-000000000000"]] {
                let recorder = RecordingDatabase(fixture.store.database)
                let groups = GroupRepository(database: recorder, clock: fixture.clock.wallClock)
                _ = try await groups.users(in: group.name, of: fixture.pool, after: cursor, limit: 60)
                let statement = try #require(recorder.statements.last)
                #expect(recorder.statements.count == 2)
                let plan = try await fixture.store.database.plan(of: statement)
                // A page that was cut is sorted in no time.
                #expect(!plan.contains("Seq Scan") && !plan.contains("SCAN group") && !plan.contains("SCAN users"))
                for index in ["group_members_pkey", "users_pkey"] {
                    #expect(plan.contains(Self.use(of: index, by: fixture.store.database.kind)), "\(plan)")
                }
            }
        }
    }

    private static func expect(_ index: String, in statement: SQL, of fixture: StorageFixture) async throws {
        let database = fixture.store.database
        let plan = try await database.plan(of: statement)
        #expect(plan.contains(use(of: index, by: database.kind)), "\(plan)")
        for step in ["TEMP B-TREE", "SCAN users", "Seq Scan", "Sort", "Filter:"] {
            #expect(!plan.contains(step), "\(plan)")
        }
    }

    /// How the plan says that rows are looked for by the index, and not read one after another.
    private static func use(of index: String, by kind: DatabaseKind) -> String {
        switch kind {
        case .sqlite:
            let name = index.hasSuffix("_pkey") ? "sqlite_autoindex_\(index.dropLast(5))_1" : index
            return "INDEX \(name) (pool_id=?"
        case .postgreSQL: return "using \(index) on"
        }
    }
}
