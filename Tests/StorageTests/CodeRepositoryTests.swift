import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite("Codes are stored")
struct CodeRepositoryTests {
    private static func code(_ hash: [UInt8]) -> StoredCode {
        StoredCode(
            purpose: .confirmSignUp,
            hash: hash,
            attribute: UserAttribute("email", "a@example.com"),
            expiresAt: StorageFixture.now.adding(seconds: 60)
        )
    }

    private static func attempt(_ hash: [UInt8], of user: User) -> CodeRepository.Attempt {
        CodeRepository.Attempt(
            .confirmSignUp,
            hash: hash,
            sub: user.sub,
            limit: .confirmSignUp
        )
    }

    /// The address of the code that was redeemed. Throws `CodeFailure`.
    private static func redeem(_ hash: [UInt8], _ user: User, _ fixture: StorageFixture) async throws -> String {
        switch try await fixture.store.codes.redeem(attempt(hash, of: user), in: fixture.pool) {
        case .right(let attribute): return attribute.value
        case .refused(let failure): throw failure
        }
    }

    @Test("a code serves once, however many try at once", arguments: TestEngine.withPooler)
    func servesOnce(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            for _ in 0..<20 {
                let user = try await fixture.addUser("u\(UInt64.random(in: 0...(.max)))")
                try await fixture.store.codes.put(Self.code([1]), for: user)
                let outcomes = await concurrently(8) { _ in try await Self.redeem([1], user, fixture) }
                #expect(outcomes.count { (try? $0.get()) == "a@example.com" } == 1)
                for outcome in outcomes {
                    if case .failure(let error) = outcome { #expect(error as? CodeFailure == .expired) }
                }
            }
        }
    }

    @Test("a wrong one leaves it, a newer one voids it, time ends it", arguments: TestEngine.withPooler)
    func lifetime(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            await #expect(throws: CodeFailure.expired) { try await Self.redeem([1], user, fixture) }
            try await fixture.store.codes.put(Self.code([1]), for: user)
            await #expect(throws: CodeFailure.mismatch) { try await Self.redeem([2], user, fixture) }
            try await fixture.store.codes.put(Self.code([3]), for: user)
            await #expect(throws: CodeFailure.mismatch) { try await Self.redeem([1], user, fixture) }
            fixture.clock.set(after: 60)
            await #expect(throws: CodeFailure.expired) { try await Self.redeem([3], user, fixture) }
            fixture.clock.set(StorageFixture.now.adding(milliseconds: 59_999))
            #expect(try await Self.redeem([3], user, fixture) == "a@example.com")
            await #expect(throws: CodeFailure.expired) { try await Self.redeem([3], user, fixture) }
        }
    }

    @Test("past the hour's limit even the right one is refused", arguments: TestEngine.withPooler)
    func limit(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            try await fixture.store.codes.put(Self.code([1]), for: user)
            for _ in 0..<AttemptLimit.confirmSignUp.attempts {
                await #expect(throws: CodeFailure.mismatch) { try await Self.redeem([2], user, fixture) }
            }
            await #expect(throws: CodeFailure.attemptsExceeded) { try await Self.redeem([1], user, fixture) }
            fixture.clock.set(after: 3600)
            await #expect(throws: CodeFailure.expired) { try await Self.redeem([1], user, fixture) }
        }
    }

    @Test("a change that fails keeps the code", arguments: TestEngine.withPooler)
    func failedChange(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            try await fixture.store.codes.put(Self.code([1]), for: user)
            await #expect(throws: UserFailure.aliasTaken(attribute: "email")) {
                try await fixture.store.codes.redeem(Self.attempt([1], of: user), in: fixture.pool) { _, _ in
                    throw UserFailure.aliasTaken(attribute: "email")
                }
            }
            #expect(try await Self.redeem([1], user, fixture) == "a@example.com")
        }
    }

    @Test(
        "a code and the change that it brings are one, and a wrong code changes nothing",
        arguments: TestEngine.allCases
    )
    func change(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            try await fixture.store.codes.put(Self.code([1]), for: user)
            fixture.clock.advance(seconds: 5)
            @Sendable func verify(_ user: inout User, _ sentTo: UserAttribute) {
                user.attributes[sentTo.name] = sentTo.value
            }
            await #expect(throws: CodeFailure.mismatch) {
                try await fixture.store.codes.redeem(Self.attempt([2], of: user), in: fixture.pool, change: verify)
            }
            #expect(try await fixture.store.users.get("ada", in: fixture.pool).attributes["email"] == nil)
            let returned = try await fixture.store.codes.redeem(
                Self.attempt([1], of: user),
                in: fixture.pool,
                change: verify
            )
            for changed in [returned, try await fixture.store.users.get("ada", in: fixture.pool)] {
                #expect(changed.attributes["email"] == "a@example.com")
                #expect(changed.modifiedAt == fixture.clock.now)
            }
            await #expect(throws: CodeFailure.expired) {
                try await fixture.store.codes.redeem(Self.attempt([1], of: user), in: fixture.pool, change: verify)
            }
        }
    }

    @Test("checking a code counts the attempt and leaves the code", arguments: TestEngine.allCases)
    func check(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let (codes, poolID) = (fixture.store.codes, fixture.pool.id)
            let user = try await fixture.addUser("ada")
            await #expect(throws: CodeFailure.expired) {
                try await codes.check(Self.attempt([1], of: user), poolID: poolID)
            }
            try await codes.put(Self.code([1]), for: user)
            for _ in 0..<(AttemptLimit.confirmSignUp.attempts - 1) {
                #expect(try await codes.check(Self.attempt([1], of: user), poolID: poolID).value == "a@example.com")
            }
            await #expect(throws: CodeFailure.mismatch) {
                try await codes.check(Self.attempt([2], of: user), poolID: poolID)
            }
            await #expect(throws: CodeFailure.attemptsExceeded) {
                try await codes.check(Self.attempt([1], of: user), poolID: poolID)
            }
        }
    }

    @Test("a code that was used forgets the attempts on it", arguments: TestEngine.allCases)
    func clearsAttempts(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            for _ in 0..<3 {
                try await fixture.store.codes.put(Self.code([1]), for: user)
                for _ in 0..<(AttemptLimit.confirmSignUp.attempts - 1) {
                    await #expect(throws: CodeFailure.mismatch) { try await Self.redeem([2], user, fixture) }
                }
                #expect(try await Self.redeem([1], user, fixture) == "a@example.com")
            }
        }
    }

    @Test(
        "attempts count against the code that was sent, so that the next one has its own",
        arguments: TestEngine.allCases
    )
    func attemptsOfACode(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            for hash in [1, 3] as [UInt8] {
                try await fixture.store.codes.put(Self.code([hash]), for: user)
                for _ in 0..<AttemptLimit.confirmSignUp.attempts {
                    await #expect(throws: CodeFailure.mismatch) { try await Self.redeem([2], user, fixture) }
                }
                await #expect(throws: CodeFailure.attemptsExceeded) { try await Self.redeem([hash], user, fixture) }
            }
            try await fixture.store.codes.put(Self.code([4]), for: user)
            #expect(try await Self.redeem([4], user, fixture) == "a@example.com")
        }
    }

    @Test("where none was sent they count against the user", arguments: TestEngine.allCases)
    func attemptsWithoutCode(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let (ada, bob) = (try await fixture.addUser("ada"), try await fixture.addUser("bob"))
            for _ in 0..<AttemptLimit.confirmSignUp.attempts {
                await #expect(throws: CodeFailure.expired) { try await Self.redeem([1], ada, fixture) }
            }
            await #expect(throws: CodeFailure.attemptsExceeded) { try await Self.redeem([1], ada, fixture) }
            await #expect(throws: CodeFailure.expired) { try await Self.redeem([1], bob, fixture) }
            // Nor do they keep a code from helping that is sent then.
            try await fixture.store.codes.put(Self.code([1]), for: ada)
            #expect(try await Self.redeem([1], ada, fixture) == "a@example.com")
        }
    }
}
