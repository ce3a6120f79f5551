import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite("Failed passwords are counted")
struct PasswordFailureTests {
    @Test("they count up, and start again after a success or a rest", arguments: TestEngine.allCases)
    func passwordFailures(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            for expected in 1...3 {
                let lockout = try await Self.fail(user, fixture)
                #expect(lockout == PasswordLockout(failures: expected, lastFailure: StorageFixture.now))
                #expect(try await fixture.failures(against: "ada") == expected)
            }
            fixture.clock.set(StorageFixture.now.adding(milliseconds: PasswordLockout.forgottenAfter))
            #expect(try await Self.fail(user, fixture).failures == 1)
            #expect(try await fixture.failures(against: "ada") == 1)
            var step = SessionRepository.Step()
            step.opening = (try fixture.session(of: user), [1])
            step.clearsFailures = true
            _ = try await fixture.store.sessions.advance(user.sub, by: step, in: fixture.pool)
            #expect(try await fixture.failures(against: "ada") == nil)
        }
    }

    @Test("the rest is counted from the last of them", arguments: TestEngine.allCases)
    func rest(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            for expected in 1...4 {
                #expect(try await Self.fail(user, fixture).failures == expected)
                fixture.clock.set(fixture.clock.now.adding(milliseconds: PasswordLockout.forgottenAfter - 1))
            }
        }
    }

    @Test("a new password forgets them", arguments: TestEngine.allCases)
    func newPassword(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            for salt in [1, 2] as [UInt8] {
                try await fixture.store.users.update(sub: user.sub, in: fixture.pool) { user in
                    user.password = StoredPassword(salt: [salt], sealedVerifier: [salt])
                }
                // The first password replaces none.
                #expect(try await fixture.failures(against: "ada") == nil)
                _ = try await Self.fail(user, fixture)
                try await fixture.store.users.update(sub: user.sub, in: fixture.pool) { $0.isEnabled = true }
                #expect(try await fixture.failures(against: "ada") == 1)
            }
        }
    }

    private static func fail(_ user: User, _ fixture: StorageFixture) async throws -> PasswordLockout {
        try await fixture.store.attempts.recordPasswordFailure(
            subject: .user(sub: user.sub),
            poolID: fixture.pool.id,
            now: fixture.clock.now
        )
    }
}
