import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite("A step of a sign-in is written whole or not at all")
struct SignInStepTests {
    enum NonceState: CaseIterable { case none, new, spent }

    enum Change: CaseIterable { case none, good, failing }

    /// What became of the user since the sign-in read them.
    enum Meanwhile: CaseIterable { case nothing, otherPassword, disabled, renamed }

    struct Combination: Sendable, CustomTestStringConvertible {
        let nonce: NonceState
        let change: Change
        let clearsFailures: Bool
        let opens: Bool
        let meanwhile: Meanwhile

        var testDescription: String {
            "nonce \(nonce), change \(change)\(clearsFailures ? ", clears failures" : "")\(opens ? ", opens" : ""), "
                + "meanwhile \(meanwhile)"
        }

        static let all = NonceState.allCases.flatMap { nonce in
            Change.allCases.flatMap { change in
                Meanwhile.allCases.flatMap { meanwhile in
                    [(false, false), (false, true), (true, false), (true, true)].map { clears, opens in
                        Combination(
                            nonce: nonce,
                            change: change,
                            clearsFailures: clears,
                            opens: opens,
                            meanwhile: meanwhile
                        )
                    }
                }
            }
        }

        /// What the step is refused with.
        var failure: SignInFailure? {
            if nonce == .spent { return .sessionUsed }
            let isVoid = meanwhile == .otherPassword || meanwhile == .disabled
            if isVoid, change != .none || opens { return .invalidSession }
            return change == .failing ? .unavailableFactor : nil
        }
    }

    /// What a step may change in the database.
    private struct Written: Equatable {
        var isNonceSpent: Bool
        var nickname: String?
        var failures: Int?
        var sessions: Int
    }

    private static let nonce = Nonce(value: "n", expiresAt: StorageFixture.now.adding(seconds: 60))

    @Test("in every combination", arguments: TestEngine.allCases)
    func combinations(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            for (number, combination) in Combination.all.enumerated() {
                var user = try fixture.user("user\(number)")
                user.password = StoredPassword(salt: [1], sealedVerifier: [1])
                try await fixture.store.users.create(user, in: fixture.pool)
                try await check(combination, user, fixture, nonce: "n\(number)")
            }
        }
    }

    private func check(
        _ combination: Combination,
        _ user: User,
        _ fixture: StorageFixture,
        nonce value: String
    ) async throws {
        let comment: Comment = "\(combination.testDescription)"
        let nonce = Nonce(value: value, expiresAt: StorageFixture.now.adding(seconds: 60))
        _ = try await fixture.store.attempts.recordPasswordFailure(
            subject: .user(sub: user.sub),
            poolID: fixture.pool.id,
            now: StorageFixture.now
        )
        var step = SessionRepository.Step()
        if combination.nonce == .spent {
            step.nonce = nonce
            _ = try await fixture.store.sessions.advance(user.sub, by: step, in: fixture.pool)
        }
        step.nonce = combination.nonce == .none ? nil : nonce
        step.epoch = user.credentialEpoch
        step.clearsFailures = combination.clearsFailures
        let session = try fixture.session(of: user)
        if combination.opens { step.opening = (session, Array(user.sub.utf8)) }
        switch combination.change {
        case .none: break
        case .good: step.change = { $0.attributes["nickname"] = "changed" }
        case .failing:
            step.change = { user in
                user.attributes["nickname"] = "changed"
                throw SignInFailure.unavailableFactor
            }
        }
        switch combination.meanwhile {
        case .nothing: break
        case .otherPassword:
            try await set(user, fixture) { $0.password = StoredPassword(salt: [9], sealedVerifier: [9]) }
        case .disabled: try await set(user, fixture) { $0.isEnabled = false }
        case .renamed: try await set(user, fixture) { $0.attributes["name"] = "Ada" }
        }

        let before = try await written(user, session, nonce, fixture)
        var expected = before
        var changed: User?
        do {
            changed = try await fixture.store.sessions.advance(user.sub, by: step, in: fixture.pool)
            #expect(combination.failure == nil, comment)
            if combination.nonce == .new { expected.isNonceSpent = true }
            if combination.change == .good { expected.nickname = "changed" }
            if combination.clearsFailures { expected.failures = nil }
            if combination.opens { expected.sessions = 1 }
        } catch {
            #expect(error as? SignInFailure == combination.failure, comment)
        }
        #expect(changed?.attributes["nickname"] == (combination.failure == nil ? expected.nickname : nil), comment)
        #expect(try await written(user, session, nonce, fixture) == expected, comment)
    }

    private func set(
        _ user: User,
        _ fixture: StorageFixture,
        _ change: @escaping @Sendable (inout User) -> Void
    ) async throws {
        try await fixture.store.users.update(sub: user.sub, in: fixture.pool, change: change)
    }

    private func written(
        _ user: User,
        _ session: TokenSession,
        _ nonce: Nonce,
        _ fixture: StorageFixture
    ) async throws -> Written {
        let (database, poolID) = (fixture.store.database, fixture.pool.id)
        let spent: SQL = "select 1 from spent_nonces where pool_id = \(poolID) and nonce = \(nonce.value)"
        let opened = try await fixture.store.sessions.user(sub: user.sub, sessionID: session.id, poolID: poolID)
        return Written(
            isNonceSpent: try await database.rowCount(spent) == 1,
            nickname: try await fixture.store.users.get(user.sub, in: fixture.pool).attributes["nickname"],
            failures: try await fixture.failures(against: user.sub),
            sessions: opened?.isRevoked == false ? 1 : 0
        )
    }

    @Test("a step with nothing to write costs nothing", arguments: TestEngine.allCases)
    func empty(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            let before = fixture.store.database.statistics.transactions
            let step = SessionRepository.Step()
            #expect(try await fixture.store.sessions.advance(user.sub, by: step, in: fixture.pool) == nil)
            #expect(fixture.store.database.statistics.transactions == before)
        }
    }

    @Test("a change to a user who is gone spends nothing", arguments: TestEngine.allCases)
    func gone(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            try await fixture.store.users.delete(sub: user.sub, poolID: fixture.pool.id)
            var step = SessionRepository.Step()
            step.nonce = Self.nonce
            step.opening = (try fixture.session(of: user), [1])
            step.change = { $0.isEnabled = true }
            await #expect(throws: UserFailure.notFound) {
                try await fixture.store.sessions.advance(user.sub, by: step, in: fixture.pool)
            }
            #expect(try await fixture.store.database.rowCount("select 1 from spent_nonces") == 0)
            #expect(try await fixture.store.database.rowCount("select 1 from sessions") == 0)
        }
    }

    @Test("a nonce is spent in its own pool alone", arguments: TestEngine.allCases)
    func pools(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            var step = SessionRepository.Step()
            step.nonce = Self.nonce
            _ = try await fixture.store.sessions.advance("s", by: step, in: fixture.pool)
            let other = StorageFixture.makePool("us-east-1_Other")
            _ = try await fixture.store.sessions.advance("s", by: step, in: other)
            for pool in [fixture.pool, other] {
                await #expect(throws: SignInFailure.sessionUsed) {
                    try await fixture.store.sessions.advance("s", by: step, in: pool)
                }
            }
        }
    }
}
