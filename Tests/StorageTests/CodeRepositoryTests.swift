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

    private static func redeem(
        _ hash: [UInt8],
        _ user: User,
        _ fixture: StorageFixture,
        now: Timestamp = StorageFixture.now
    ) async throws -> String {
        let outcome = try await fixture.store.codes.redeem(
            .confirmSignUp,
            hash: hash,
            sub: user.sub,
            countedAs: user.sub,
            in: fixture.pool,
            limit: .confirmSignUp,
            now: now
        )
        return switch outcome {
        case .redeemed(let attribute): "redeemed \(attribute.value)"
        case .mismatch: "mismatch"
        case .expired: "expired"
        case .limitExceeded: "limit"
        }
    }

    @Test("a code serves once, however many try at once", arguments: TestEngine.withPooler)
    func servesOnce(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            for _ in 0..<20 {
                let user = try await fixture.addUser("u\(UInt64.random(in: 0...(.max)))")
                try await fixture.store.codes.put(Self.code([1]), sub: user.sub, poolID: fixture.pool.id)
                let outcomes = await concurrently(8) { _ in try await Self.redeem([1], user, fixture) }
                #expect(try outcomes.map { try $0.get() }.count { $0 == "redeemed a@example.com" } == 1)
            }
        }
    }

    @Test("a wrong one leaves it, a newer one voids it, time ends it", arguments: TestEngine.withPooler)
    func lifetime(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            #expect(try await Self.redeem([1], user, fixture) == "expired")
            try await fixture.store.codes.put(Self.code([1]), sub: user.sub, poolID: fixture.pool.id)
            #expect(try await Self.redeem([2], user, fixture) == "mismatch")
            try await fixture.store.codes.put(Self.code([3]), sub: user.sub, poolID: fixture.pool.id)
            #expect(try await Self.redeem([1], user, fixture) == "mismatch")
            let late = StorageFixture.now.adding(seconds: 60)
            #expect(try await Self.redeem([3], user, fixture, now: late) == "expired")
            #expect(try await Self.redeem([3], user, fixture) == "redeemed a@example.com")
        }
    }

    @Test("past the hour's limit even the right one is refused", arguments: TestEngine.withPooler)
    func limit(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            try await fixture.store.codes.put(Self.code([1]), sub: user.sub, poolID: fixture.pool.id)
            for _ in 0..<AttemptLimit.confirmSignUp.perHour {
                #expect(try await Self.redeem([2], user, fixture) == "mismatch")
            }
            #expect(try await Self.redeem([1], user, fixture) == "limit")
            let hourLater = StorageFixture.now.adding(seconds: 3600)
            #expect(try await Self.redeem([1], user, fixture, now: hourLater) == "expired")
        }
    }

    @Test("a change that fails keeps the code", arguments: TestEngine.withPooler)
    func failedChange(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            try await fixture.store.codes.put(Self.code([1]), sub: user.sub, poolID: fixture.pool.id)
            await #expect(
                performing: {
                    _ = try await fixture.store.codes.redeem(
                        .confirmSignUp,
                        hash: [1],
                        sub: user.sub,
                        in: fixture.pool,
                        limit: .confirmSignUp,
                        now: StorageFixture.now
                    ) { _, _ in throw CognitoError.aliasExists("email") }
                },
                throws: hasCode(.aliasExists)
            )
            #expect(try await Self.redeem([1], user, fixture) == "redeemed a@example.com")
        }
    }

    @Test("failed passwords count up, and start again after a success or a rest", arguments: TestEngine.withPooler)
    func passwordFailures(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            for expected in 1...3 {
                try await fixture.store.attempts.recordPasswordFailure(
                    subject: user.sub,
                    poolID: fixture.pool.id,
                    now: StorageFixture.now
                )
                #expect(try await fixture.store.users.find("ada", in: fixture.pool)?.lockout?.failures == expected)
            }
            try await fixture.store.attempts.recordPasswordFailure(
                subject: user.sub,
                poolID: fixture.pool.id,
                now: StorageFixture.now.adding(milliseconds: PasswordLockout.forgottenAfter)
            )
            #expect(try await fixture.store.users.find("ada", in: fixture.pool)?.lockout?.failures == 1)
            let session = try fixture.session(of: user)
            _ = try await fixture.store.sessions.open(session, refreshHash: [1], spending: nil, clearingFailures: true)
            #expect(try await fixture.store.users.find("ada", in: fixture.pool)?.lockout == nil)
        }
    }
}
