import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Testing

@testable import Storage

@Suite("The lists of tables are those of the live schema")
struct SchemaTablesTests {
    /// Tables whose rows belong to a user though they don't name one by `sub`: by the column that leads to the user.
    private static let indirectlyOfUsers = ["refresh_tokens": "session_id", "attempts": "subject"]

    /// Tables with `pool_id` whose rows stay when a user goes: the pool's own, and nonces, which name nobody and go
    /// with time.
    private static let notOfUsers: Set = [
        "app_clients", "signing_keys", "spent_nonces", "user_groups", "pool_documents", "pool_domains",
        "identity_providers", "identity_provider_names", "saml_keys", "user_pool_replicas", "user_import_jobs",
        "user_import_parts", "user_import_runs", "user_import_lines",
    ]

    @Test("every table with a pool's id is among the pool's, with its primary key", arguments: TestEngine.allCases)
    func poolTables(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let tables = try await LiveSchema.tables(of: fixture.store.database)
            let ofPools = tables.filter { $0.value.columns.contains { $0.name == "pool_id" } }
            #expect(Set(Schema.poolTables.map(\.0)) == Set(ofPools.keys))
            #expect(Schema.poolTables.count == ofPools.count)
            for (name, key) in Schema.poolTables {
                #expect(ofPools[name]?.primaryKey.joined(separator: ", ") == key, "\(name)")
            }
        }
    }

    @Test("every table of a pool is a user's or known not to be", arguments: TestEngine.allCases)
    func userTables(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let tables = try await LiveSchema.tables(of: fixture.store.database)
            let naming = tables.filter { table in
                Set(table.value.columns.map(\.name)).isSuperset(of: ["pool_id", "sub"])
            }
            // Sessions are deleted beside the list, after the refresh tokens that only they lead to.
            #expect(Set(Schema.userTables + ["sessions"]) == Set(naming.keys))
            let known = Set(Schema.userTables + ["sessions"]).union(Self.indirectlyOfUsers.keys).union(Self.notOfUsers)
            #expect(Set(Schema.poolTables.map(\.0)) == known)
        }
    }

    @Test("deleting a user leaves nothing of them, and everything of others", arguments: TestEngine.allCases)
    func deleteUser(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let rows = try await LiveSchema(fixture.store.database)
            try await rows.fill(poolID: "p1", user: "ada")
            try await rows.fill(poolID: "p1", user: "bob")
            try await rows.fill(poolID: "p2", user: "ada")
            try await fixture.store.users.delete(sub: "ada", poolID: "p1")
            for table in rows.names {
                let expected = Self.notOfUsers.contains(table) ? ["ada", "bob"] : ["bob"]
                #expect(try await rows.users(in: table, poolID: "p1") == expected, "\(table)")
                #expect(try await rows.users(in: table, poolID: "p2") == ["ada"], "\(table)")
            }
        }
    }

    @Test("deleting a pool leaves nothing of it, and everything of others", arguments: TestEngine.allCases)
    func deletePool(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let rows = try await LiveSchema(fixture.store.database)
            for pool in ["p1", "p2"] {
                try await rows.fill(poolID: pool, user: "ada")
                let isNew = try await fixture.store.pools.create(
                    StorageFixture.makePool(pool),
                    keys: StorageFixture.keys,
                    now: StorageFixture.now
                )
                #expect(isNew)
            }
            // While users are imported into it a pool stays.
            await #expect(throws: PoolFailure.importInProgress) { try await fixture.store.pools.delete("p1") }
            try await fixture.store.database.write {
                try $0.execute("delete from user_import_runs where pool_id = 'p1'")
            }
            try await fixture.store.pools.delete("p1")
            for table in rows.names {
                #expect(try await rows.count(in: table, poolID: "p1") == 0, "\(table)")
                #expect(try await rows.count(in: table, poolID: "p2") > 0, "\(table)")
            }
            let pools = try await fixture.store.database.read { try $0.rows("select id from user_pools order by id") }
            #expect(try pools.map { try $0.text(0) } == ["p2", fixture.pool.id])
        }
    }

    @Test("a reset empties every table but the schema's own and the key of hashes", arguments: TestEngine.allCases)
    func reset(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let rows = try await LiveSchema(fixture.store.database)
            try await rows.fill(poolID: "p1", user: "ada")
            let key = AccessKey(id: "AKIA1", accountID: "1", description: "ci", createdAt: StorageFixture.now)
            try await fixture.store.accessKeys.create(key, secret: "s")
            let place = AccountPlace(accountID: "1", region: "us-east-1")
            try await fixture.store.limits.set(.userList, of: place, to: 30)
            _ = try await fixture.store.directory.pool(fixture.pool.id)
            try await fixture.store.reset()
            for table in rows.names + ["user_pools", "access_keys", "provisioned_limits"] {
                #expect(try await rows.count(in: table) == 0, "\(table)")
            }
            #expect(try await rows.count(in: "sealed_keys") == 1)
            #expect(try await fixture.store.directory.findPool(fixture.pool.id) == nil)
        }
    }
}
