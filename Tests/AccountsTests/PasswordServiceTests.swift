import Accounts
import CognitoModel
import Domain
import Storage
import Synchronization
import Testing

@Suite struct PasswordProofTests {
    /// Guesses at one user's password, all of whom read the user before any failure was counted.
    private struct Guessing: Sendable {
        let fixture: AccountsFixture
        let user: User
        let ticket: ProofTicket
        let looks = Counter()

        init(_ fixture: AccountsFixture, _ name: String = "ada") async throws {
            self.fixture = fixture
            user = try await fixture.addUser(name)
            ticket = fixture.passwords.ticket()
        }

        /// Tells whether there were failures. Throws `SignInFailure`.
        @discardableResult
        func guess(isRight: Bool) async throws -> Bool {
            try await prove(isRight: isRight, lockout: nil, since: ticket)
        }

        /// As above, of one who reads the user now.
        @discardableResult
        func guessAnew(isRight: Bool) async throws -> Bool {
            let ticket = fixture.passwords.ticket()
            let lockout = try await fixture.store.users.signingIn(sub: user.sub, in: fixture.pool).lockout
            return try await prove(isRight: isRight, lockout: lockout, since: ticket)
        }

        private func prove(isRight: Bool, lockout: PasswordLockout?, since ticket: ProofTicket) async throws -> Bool {
            try await fixture.passwords.checkProof(
                of: user,
                lockout: lockout,
                since: ticket,
                in: fixture.pool,
                now: fixture.clock.now
            ) {
                looks.increment()
                return isRight
            }
        }

        /// So many wrong ones at once. Tells how many were locked out.
        func guessWrong(_ count: Int) async -> Int {
            await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<count {
                    group.addTask {
                        do {
                            try await guess(isRight: false)
                            Issue.record("a wrong guess was right")
                            return false
                        } catch {
                            return error as? SignInFailure == .locked
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
        }

        /// Forgets failures, as the step that follows a right proof does.
        func clearFailures() async throws {
            var step = SessionRepository.Step()
            step.clearsFailures = true
            _ = try await fixture.store.sessions.advance(user.sub, by: step, in: fixture.pool)
        }
    }

    @Test("of 500 guesses at once no more are looked at than come before the lock, and then not even a right one")
    func manyAtOnce() async throws {
        try await AccountsFixture.run { fixture in
            let guessing = try await Guessing(fixture)
            var locked = await guessing.guessWrong(119)
            let looks = guessing.looks.count
            await #expect(throws: SignInFailure.locked) { try await guessing.guess(isRight: true) }
            #expect(guessing.looks.count == looks)
            locked += await guessing.guessWrong(380)
            #expect(guessing.looks.count <= 10)
            #expect(guessing.looks.count + locked == 499)
            let lockout = try await fixture.store.users.signingIn(sub: guessing.user.sub, in: fixture.pool).lockout
            #expect(lockout?.failures == guessing.looks.count)
        }
    }

    @Test("the lock ends to the millisecond, and doubles with each failure after it")
    func expiry() async throws {
        try await AccountsFixture.run { fixture in
            let guessing = try await Guessing(fixture)
            for _ in 0..<5 {
                await #expect(throws: SignInFailure.wrongUsernameOrPassword) {
                    try await guessing.guessAnew(isRight: false)
                }
            }
            for seconds in [1, 2, 4] as [Int64] {
                fixture.clock.advance(milliseconds: seconds * 1000 - 1)
                let looks = guessing.looks.count
                await #expect(throws: SignInFailure.locked) { try await guessing.guessAnew(isRight: true) }
                #expect(guessing.looks.count == looks)
                fixture.clock.advance(milliseconds: 1)
                await #expect(throws: SignInFailure.wrongUsernameOrPassword) {
                    try await guessing.guessAnew(isRight: false)
                }
                #expect(guessing.looks.count == looks + 1)
            }
            fixture.clock.advance(seconds: 8)
            #expect(try await guessing.guessAnew(isRight: true))
        }
    }

    @Test("also for those who read the user before it began")
    func expiryOfOldReads() async throws {
        try await AccountsFixture.run { fixture async throws in
            let guessing = try await Guessing(fixture)
            for _ in 0..<5 {
                await #expect(throws: SignInFailure.wrongUsernameOrPassword) {
                    try await guessing.guess(isRight: false)
                }
            }
            await #expect(throws: SignInFailure.locked) { try await guessing.guess(isRight: true) }
            fixture.clock.advance(seconds: 1)
            #expect(try await guessing.guess(isRight: true))
        }
    }

    @Test("a success tells whether there is something to forget, and what is forgotten doesn't count")
    func success() async throws {
        try await AccountsFixture.run { fixture async throws in
            let guessing = try await Guessing(fixture)
            #expect(try await !guessing.guessAnew(isRight: true))
            for _ in 0..<3 {
                for _ in 0..<4 {
                    await #expect(throws: SignInFailure.wrongUsernameOrPassword) {
                        try await guessing.guessAnew(isRight: false)
                    }
                }
                #expect(try await guessing.guessAnew(isRight: true))
                try await guessing.clearFailures()
                #expect(try await !guessing.guessAnew(isRight: true))
            }
        }
    }

    @Test("a lock is one user's alone")
    func otherUser() async throws {
        try await AccountsFixture.run { fixture in
            let (ada, bob) = (try await Guessing(fixture), try await Guessing(fixture, "bob"))
            _ = await ada.guessWrong(20)
            #expect(try await !bob.guess(isRight: true))
            await #expect(throws: SignInFailure.locked) { try await ada.guess(isRight: true) }
        }
    }
}

@Suite struct NewPasswordTests {
    private static func policy(history: Int) -> UserPoolPolicyType {
        UserPoolPolicyType(passwordPolicy: PasswordPolicyType(minimumLength: 8, passwordHistorySize: history))
    }

    @Test("a new password that meets the policy is hashed")
    func take() async throws {
        try await AccountsFixture.run(configure: { $0.policies = Self.policy(history: 0) }) { fixture in
            let user = try await fixture.addUser("ada", password: "first-one")
            let (passwords, pool) = (fixture.passwords, fixture.pool)
            let stored = try await passwords.take("another-one", for: user, in: pool)
            #expect(try passwords.hasher.verify("another-one", against: stored, of: user.srpIdentity))
            await #expect(throws: PasswordFailure.breaks(.length)) {
                try await passwords.take("short", for: user, in: pool)
            }
            // Without a history even the one that is in use goes.
            _ = try await passwords.take("first-one", for: user, in: pool)
        }
    }

    @Test("as many passwords as the policy says can't be used again, the current one among them")
    func history() async throws {
        try await AccountsFixture.run(configure: { $0.policies = Self.policy(history: 2) }) { fixture in
            let user = try await fixture.addUser("ada", password: "password-0")
            for number in 1...3 {
                fixture.clock.advance(seconds: 1)
                let stored = try await fixture.passwords.take("password-\(number)", for: user, in: fixture.pool)
                try await fixture.store.users.update(sub: user.sub, in: fixture.pool) { $0.password = stored }
            }
            for used in ["password-3", "password-2"] {
                await #expect(throws: PasswordFailure.usedBefore) {
                    try await fixture.passwords.check(used, for: user, in: fixture.pool)
                }
            }
            for free in ["password-1", "password-0", "password-4"] {
                try await fixture.passwords.check(free, for: user, in: fixture.pool)
            }
        }
    }
}

/// Counts from many threads.
private final class Counter: Sendable {
    private let value = Atomic(0)

    var count: Int { value.load(ordering: .relaxed) }

    func increment() { value.add(1, ordering: .relaxed) }
}
