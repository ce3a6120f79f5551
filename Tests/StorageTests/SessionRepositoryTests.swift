import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite("Sign-ins are stored")
struct SessionRepositoryTests {
    @Test("a nonce opens one session, however many try at once", arguments: TestEngine.withPooler)
    func nonceServesOnce(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            let outcomes = await concurrently(30) { number in
                var step = SessionRepository.Step()
                step.nonce = Nonce(value: "n", expiresAt: StorageFixture.now.adding(seconds: 60))
                step.opening = (try fixture.session(of: user), [UInt8(number)])
                _ = try await fixture.store.sessions.advance(user.sub, by: step, in: fixture.pool)
            }
            #expect(outcomes.count { (try? $0.get()) != nil } == 1)
            for outcome in outcomes {
                if case .failure(let error) = outcome { #expect(error as? SignInFailure == .sessionUsed) }
            }
            #expect(try await fixture.store.database.rowCount("select 1 from sessions") == 1)
            #expect(try await fixture.store.database.rowCount("select 1 from refresh_tokens") == 0)
        }
    }

    @Test("a sign-in is one statement, and so is looking its refresh token up", arguments: TestEngine.withPooler)
    func statements(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let (sessions, database) = (fixture.store.sessions, fixture.store.database)
            let session = try fixture.session(of: try await fixture.addUser("ada"))
            var before = database.statistics.statements
            try await fixture.open(session, refreshHash: [0])
            #expect(database.statistics.statements == before + 1)
            before = database.statistics.statements
            #expect(try await sessions.find(refreshHash: [0], poolID: fixture.pool.id) != nil)
            #expect(database.statistics.statements == before + 1)
        }
    }

    @Test("none is opened for who is disabled, at whatever epoch", arguments: TestEngine.allCases)
    func disabled(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            var user = try fixture.user("ada")
            user.isEnabled = false
            try await fixture.store.users.create(user, in: fixture.pool)
            let session = try fixture.session(of: user)
            await #expect(throws: SignInFailure.invalidSession) { try await fixture.open(session, refreshHash: [1]) }
            #expect(try await fixture.store.database.rowCount("select 1 from sessions") == 0)
        }
    }

    @Test("a refresh token leads to its session, and to nothing once that is revoked", arguments: TestEngine.withPooler)
    func refresh(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            let session = try fixture.session(of: user)
            try await fixture.open(session, refreshHash: [1, 2])
            let found = try #require(
                try await fixture.store.sessions.find(refreshHash: [1, 2], poolID: fixture.pool.id)
            )
            #expect(found.session == session)
            #expect(found.user.sub == user.sub)
            #expect(!found.isRevoked)
            #expect(try await fixture.store.sessions.find(refreshHash: [1], poolID: fixture.pool.id) == nil)
            #expect(try await fixture.store.sessions.find(refreshHash: [1, 2], poolID: "us-east-1_Other") == nil)
            #expect(try await isOpen(session, fixture))
            try await fixture.store.sessions.revokeAll(of: user.sub, poolID: fixture.pool.id)
            #expect(
                try await fixture.store.sessions.find(refreshHash: [1, 2], poolID: fixture.pool.id)?.isRevoked == true
            )
            #expect(try await !isOpen(session, fixture))
        }
    }

    private func isOpen(_ session: TokenSession, _ fixture: StorageFixture) async throws -> Bool {
        let found = try await fixture.store.sessions.user(
            sub: session.sub,
            sessionID: session.id,
            poolID: fixture.pool.id
        )
        return found?.isRevoked == false
    }

    @Test("what has run out is swept away, and what hasn't stays", arguments: TestEngine.withPooler)
    func sweep(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let session = try fixture.session(of: try await fixture.addUser("ada"))
            var step = SessionRepository.Step()
            step.nonce = Nonce(value: "n", expiresAt: StorageFixture.now.adding(seconds: 60))
            step.opening = (session, [0])
            _ = try await fixture.store.sessions.advance(session.sub, by: step, in: fixture.pool)
            #expect(try await fixture.store.sessions.rotate(session, from: [0], to: [1], graceSeconds: 0))
            try await fixture.store.sweep(now: StorageFixture.now)
            #expect(try await fixture.store.database.rowCount("select 1 from spent_nonces") == 1)
            // A day longer than it can be sent, as a node's clock may be behind, and a request may have waited.
            try await fixture.store.sweep(now: StorageFixture.now.adding(seconds: 86400 + 60))
            #expect(try await fixture.store.database.rowCount("select 1 from spent_nonces") == 1)
            try await fixture.store.sweep(now: StorageFixture.now.adding(seconds: 86400 + 61))
            #expect(try await fixture.store.database.rowCount("select 1 from spent_nonces") == 0)
            #expect(try await fixture.store.database.rowCount("select 1 from sessions") == 1)
            #expect(try await fixture.store.database.rowCount("select 1 from refresh_tokens") == 1)
            try await fixture.store.sweep(now: StorageFixture.now.adding(seconds: 2 * 86400))
            #expect(try await fixture.store.database.rowCount("select 1 from sessions") == 0)
            #expect(try await fixture.store.database.rowCount("select 1 from refresh_tokens") == 0)
        }
    }
}
