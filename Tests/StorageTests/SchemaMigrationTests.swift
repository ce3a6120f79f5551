import CognitoModel
import Cryptography
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite("Stored data outlives a migration")
struct SchemaMigrationTests {
    /// A database as the version before left it, with a user in it.
    private struct Before {
        let fixture: StorageFixture
        let user: User

        var database: any DatabaseEngine { fixture.store.database }

        /// Brings the schema to that number and no further, and closes the database after the body.
        static func run(_ engine: TestEngine, at number: Int, _ body: (Before) async throws -> Void) async throws {
            try await engine.withURL { url in
                let clock = TestClock()
                let store = try StorageFixture.makeStore(url, clock: clock)
                do {
                    try await store.database.migrate(Array(Schema.migrations.prefix(number)))
                    let pool = UserPool(
                        id: "us-east-1_Test00001",
                        region: "us-east-1",
                        accountID: "000000000000",
                        configuration: UserPoolType(id: "us-east-1_Test00001", name: "test")
                    )
                    let fixture = StorageFixture(store: store, pool: pool, url: url, clock: clock)
                    let before = Before(fixture: fixture, user: try fixture.user("ada"))
                    try await before.addUser()
                    try await body(before)
                } catch {
                    await store.database.close()
                    throw error
                }
                await store.database.close()
            }
        }

        /// The user, as migration 1 keeps them.
        private func addUser() async throws {
            try await database.write { connection in
                try connection.execute(
                    """
                    insert into users (pool_id, sub, username, username_key, status, enabled, attributes, created_at,
                        modified_at, version)
                    values (\(user.poolID), \(user.sub), \(user.username), \(user.username), \(user.status.rawValue),
                        true, '[]', \(user.createdAt.milliseconds), \(user.modifiedAt.milliseconds), 1)
                    """
                )
                try connection.execute(
                    """
                    insert into user_aliases (pool_id, alias_key, attribute, sub)
                    values (\(user.poolID), \(user.username), 'username', \(user.sub))
                    """
                )
            }
        }

        /// A code, as migration 1 keeps it.
        func addCode(_ hash: UInt8) async throws {
            let expiry = StorageFixture.now.adding(seconds: 60)
            try await database.write { connection in
                try connection.execute(
                    """
                    insert into codes (pool_id, sub, purpose, hash, attribute, attribute_value, expires_at)
                    values (\(user.poolID), \(user.sub), 'confirm_sign_up', \([hash]), 'email', 'a@b.c',
                        \(expiry.milliseconds))
                    """
                )
            }
        }

        /// A session with its refresh tokens, as migration 1 keeps them: the hash, and when it was rotated out.
        func addSession(_ tokens: [(hash: UInt8, supersededAt: Timestamp?)]) async throws -> TokenSession {
            let session = try fixture.session(of: user)
            try await database.write { connection in
                try connection.execute(
                    """
                    insert into sessions (pool_id, id, sub, client_id, origin_jti, auth_time, expires_at)
                    values (\(session.poolID), \(session.id), \(session.sub), \(session.clientID),
                        \(session.originJTI), \(session.authTime.milliseconds), \(session.expiresAt.milliseconds))
                    """
                )
                for token in tokens {
                    try connection.execute(
                        """
                        insert into refresh_tokens (pool_id, hash, session_id, superseded_at, expires_at)
                        values (\(session.poolID), \([token.hash]), \(session.id),
                            \(token.supersededAt?.milliseconds), \(session.expiresAt.milliseconds))
                        """
                    )
                }
            }
            return session
        }

        func find(_ hash: UInt8) async throws -> SessionRepository.Refreshable? {
            try await fixture.store.sessions.find(refreshHash: [hash], poolID: fixture.pool.id)
        }

        func rotate(_ session: TokenSession, _ old: UInt8, to new: UInt8, grace: Int64 = 0) async throws -> Bool {
            fixture.clock.set(after: 5)
            return try await fixture.store.sessions.rotate(session, from: [old], to: [new], graceSeconds: grace)
        }
    }

    @Test("refresh tokens of the version before lead where they led", arguments: TestEngine.withPooler)
    func refreshTokens(engine: TestEngine) async throws {
        try await Before.run(engine, at: 1) { before in
            let now = StorageFixture.now
            let plain = try await before.addSession([(1, nil)])
            let rotated = try await before.addSession([(2, now), (3, nil)])
            let forked = try await before.addSession([(4, now), (5, nil), (6, nil)])
            try await before.fixture.store.prepare()

            for (hash, session, supersededAt) in [
                (1, plain, nil), (2, rotated, now), (3, rotated, nil), (4, forked, now), (5, forked, nil),
                (6, forked, nil),
            ] as [(UInt8, TokenSession, Timestamp?)] {
                let found = try #require(try await before.find(hash), "\(hash)")
                #expect(found.session == session)
                #expect(found.user.sub == before.user.sub)
                #expect(found.supersededAt == supersededAt)
                #expect(!found.isRevoked)
            }

            #expect(try await before.rotate(plain, 1, to: 11))
            #expect(try await !before.rotate(plain, 1, to: 12))
            #expect(try await !before.rotate(rotated, 2, to: 12))
            #expect(try await before.rotate(rotated, 2, to: 13, grace: 10))
            for (old, new) in [(5, 15), (6, 16)] as [(UInt8, UInt8)] {
                #expect(try await before.rotate(forked, old, to: new))
                #expect(try await !before.rotate(forked, old, to: 17))
                #expect(try await before.find(new)?.supersededAt == nil)
                #expect(try await before.find(old)?.supersededAt != nil)
            }
        }
    }

    @Test("users of the version before are searched whatever the case", arguments: TestEngine.allCases)
    func search(engine: TestEngine) async throws {
        try await Before.run(engine, at: 5) { before in
            let user = before.user
            try await before.database.write { connection in
                try connection.execute(
                    """
                    update users set attributes = '["email","Ada@Example.com","name","ÅSA"]', email = 'Ada@Example.com',
                        name = 'ÅSA' where pool_id = \(user.poolID) and sub = \(user.sub)
                    """
                )
            }
            try await before.fixture.store.prepare()
            for filter in [#"email = "ada@EXAMPLE.com""#, #"email ^= "ada""#, #"name = "åsa""#, #"name ^= "ås""#] {
                let page = try await before.fixture.store.users.list(
                    in: before.fixture.pool,
                    filter: try UserFilter(filter),
                    after: nil,
                    limit: 10
                )
                #expect(page.elements.map(\.sub) == [user.sub], "\(filter)")
                #expect(page.elements.first?.attributes["name"] == "ÅSA")
            }
        }
    }

    @Test("users and codes of the version before are what they were", arguments: TestEngine.allCases)
    func users(engine: TestEngine) async throws {
        try await Before.run(engine, at: 2) { before in
            try await before.addCode(7)
            try await before.fixture.store.prepare()
            let found = try await before.fixture.store.users.get("ada", in: before.fixture.pool)
            #expect(found.sub == before.user.sub && found.status == .confirmed && found.isEnabled)
            #expect(found.credentialEpoch == 0)
            let attempt = CodeRepository.Attempt(
                .confirmSignUp,
                hash: [7],
                sub: found.sub,
                limit: .confirmSignUp
            )
            let (codes, pool) = (before.fixture.store.codes, before.fixture.pool)
            let confirmed = try await codes.redeem(attempt, in: pool) { $0.attributes[$1.name] = $1.value }
            #expect(confirmed.attributes["email"] == "a@b.c")
        }
    }
}
