import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite("What was begun before a user's credentials changed is void")
struct CredentialEpochTests {
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let isRaising: Bool
        let change: @Sendable (inout User) -> Void

        init(_ description: String, raises: Bool, _ change: @escaping @Sendable (inout User) -> Void) {
            testDescription = description
            isRaising = raises
            self.change = change
        }

        static let all = [
            Change("another password", raises: true) { $0.password = StoredPassword(salt: [2], sealedVerifier: [2]) },
            Change("no password", raises: true) { $0.password = nil },
            Change("another status", raises: true) { $0.status = .resetRequired },
            Change("disabled", raises: true) { $0.isEnabled = false },
            Change("another address", raises: true) { $0.attributes["email"] = "new@b.c" },
            Change("no address", raises: true) { $0.attributes["email"] = nil },
            Change("an address that isn't verified any more", raises: true) {
                $0.attributes["email_verified"] = "false"
            },
            Change("a first telephone number", raises: true) { $0.attributes["phone_number"] = "+4912345" },
            Change("another name", raises: false) { $0.attributes["name"] = "Ada" },
            Change("another preferred username", raises: false) { $0.attributes["preferred_username"] = "ada2" },
            Change("the same password", raises: false) {
                $0.password = StoredPassword(salt: [1], sealedVerifier: [1])
            },
            Change("nothing", raises: false) { _ in },
        ]
    }

    private static func addAda(_ fixture: StorageFixture) async throws -> User {
        let attributes = [UserAttribute("email", "a@b.c"), UserAttribute("email_verified", "true")]
        var ada = try fixture.user("ada", attributes)
        ada.password = StoredPassword(salt: [1], sealedVerifier: [1])
        try await fixture.store.users.create(ada, in: fixture.pool)
        return ada
    }

    private static func code(_ purpose: CodePurpose) -> StoredCode {
        StoredCode(
            purpose: purpose,
            hash: [1],
            attribute: UserAttribute("email", "a@b.c"),
            expiresAt: StorageFixture.now.adding(seconds: 60)
        )
    }

    private static func attempt(_ purpose: CodePurpose, of user: User) -> CodeRepository.Attempt {
        CodeRepository.Attempt(
            purpose,
            hash: [1],
            sub: user.sub,
            limit: .confirmSignUp
        )
    }

    @Test("by each change of what they sign in by, and by no other", arguments: TestEngine.allCases, Change.all)
    func changes(engine: TestEngine, change: Change) async throws {
        try await StorageFixture.run(engine) { fixture in
            let (store, pool) = (fixture.store, fixture.pool)
            let ada = try await Self.addAda(fixture)
            try await store.codes.put(Self.code(.resetPassword), for: ada)
            var step = SessionRepository.Step()
            step.opening = (try fixture.session(of: ada), [1])
            step.epoch = ada.credentialEpoch

            try await store.users.update(sub: ada.sub, in: pool, change: change.change)
            let changed = try await store.users.get("ada", in: pool)
            #expect(changed.credentialEpoch == (change.isRaising ? 1 : 0))
            if change.isRaising {
                await #expect(throws: CodeFailure.expired) {
                    try await store.codes.check(Self.attempt(.resetPassword, of: ada), poolID: pool.id)
                }
                await #expect(throws: SignInFailure.invalidSession) {
                    try await store.sessions.advance(ada.sub, by: step, in: pool)
                }
            } else {
                let sentTo = try await store.codes.check(Self.attempt(.resetPassword, of: ada), poolID: pool.id)
                #expect(sentTo == UserAttribute("email", "a@b.c"))
                _ = try await store.sessions.advance(ada.sub, by: step, in: pool)
            }
            let sessions = try await store.database.rowCount("select 1 from sessions")
            #expect(sessions == (change.isRaising ? 0 : 1))
        }
    }

    @Test("a change that is taken back doesn't bring back what was begun", arguments: TestEngine.allCases)
    func back(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let ada = try await Self.addAda(fixture)
            try await fixture.store.codes.put(Self.code(.emailOTP), for: ada)
            for isEnabled in [false, true] {
                try await fixture.store.users.update(sub: ada.sub, in: fixture.pool) { $0.isEnabled = isEnabled }
            }
            #expect(try await fixture.store.users.get("ada", in: fixture.pool).credentialEpoch == 2)
            await #expect(throws: CodeFailure.expired) {
                try await fixture.store.codes.check(Self.attempt(.emailOTP, of: ada), poolID: fixture.pool.id)
            }
        }
    }

    @Test("a code that is sent with a change is good after it", arguments: TestEngine.allCases)
    func sentWithChange(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let ada = try await Self.addAda(fixture)
            try await fixture.store.users.update(
                sub: ada.sub,
                in: fixture.pool,
                codes: [Self.code(.verifyEmail)]
            ) { $0.attributes["email"] = "new@b.c" }
            let attempt = Self.attempt(.verifyEmail, of: ada)
            #expect(try await fixture.store.codes.check(attempt, poolID: fixture.pool.id).name == "email")
        }
    }

    @Test(
        "a code that verifies one address leaves the other's good, and no more than that",
        arguments: TestEngine.allCases
    )
    func twoAddresses(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let (codes, pool) = (fixture.store.codes, fixture.pool)
            let ada = try await Self.addAda(fixture)
            for purpose in [.verifyEmail, .verifyPhoneNumber, .resetPassword] as [CodePurpose] {
                try await codes.put(Self.code(purpose), for: ada)
            }
            try await codes.redeem(Self.attempt(.verifyEmail, of: ada), in: pool) { user, _ in
                user.attributes["email"] = "new@b.c"
            }
            await #expect(throws: CodeFailure.expired) {
                try await codes.check(Self.attempt(.resetPassword, of: ada), poolID: pool.id)
            }
            try await codes.redeem(Self.attempt(.verifyPhoneNumber, of: ada), in: pool) { user, _ in
                user.attributes["phone_number"] = "+4912345"
            }
            #expect(try await fixture.store.users.get("ada", in: pool).attributes["phone_number"] == "+4912345")
        }
    }

    @Test("a disabled user's codes don't help, even those sent since", arguments: TestEngine.allCases)
    func disabled(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let ada = try await Self.addAda(fixture)
            try await fixture.store.users.update(sub: ada.sub, in: fixture.pool) { $0.isEnabled = false }
            let disabled = try await fixture.store.users.get("ada", in: fixture.pool)
            try await fixture.store.codes.put(Self.code(.resetPassword), for: disabled)
            await #expect(throws: CodeFailure.expired) {
                try await fixture.store.codes.check(
                    Self.attempt(.resetPassword, of: ada),
                    poolID: fixture.pool.id
                )
            }
        }
    }

    @Test("a user who is only simulated has codes as any other", arguments: TestEngine.allCases)
    func simulated(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let nobody = try fixture.user("nobody")
            let attempt = Self.attempt(.resetPassword, of: nobody)
            await #expect(throws: CodeFailure.expired) {
                try await fixture.store.codes.check(attempt, poolID: fixture.pool.id)
            }
            try await fixture.store.codes.put(Self.code(.resetPassword), for: nobody)
            #expect(try await fixture.store.codes.check(attempt, poolID: fixture.pool.id).name == "email")
        }
    }
}
