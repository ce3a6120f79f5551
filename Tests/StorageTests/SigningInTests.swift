import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite("Who signs in is read with what failed before")
struct SigningInTests {
    private static let standIn = "00000000-0000-4000-8000-0000000057a0"

    private static func aliases(_ configuration: inout UserPoolType) {
        configuration.aliasAttributes = [.email, .preferredUsername]
        configuration.usernameConfiguration = UsernameConfigurationType(caseSensitive: false)
    }

    /// A pool with Ada, who has two names more.
    private static func run(
        _ engine: TestEngine,
        _ body: (StorageFixture, _ ada: User) async throws -> Void
    ) async throws {
        try await StorageFixture.run(engine, configure: aliases) { fixture in
            let attributes = [
                UserAttribute("email", "Ada@Example.com"), UserAttribute("email_verified", "true"),
                UserAttribute("preferred_username", "Countess"),
            ]
            try await body(fixture, try await fixture.addUser("Ada", attributes))
        }
    }

    private static func fail(_ sub: String, times: Int, _ fixture: StorageFixture) async throws {
        for _ in 0..<times {
            _ = try await fixture.store.attempts.recordPasswordFailure(
                subject: .user(sub: sub),
                poolID: fixture.pool.id,
                now: fixture.clock.now
            )
        }
    }

    @Test("a user by every name, with their own failures", arguments: TestEngine.allCases)
    func known(engine: TestEngine) async throws {
        try await Self.run(engine) { fixture, ada in
            let names = ["Ada", "ADA", "ada@example.com", "COUNTESS", ada.sub]
            for name in names {
                let found = try await fixture.store.users.signingIn(name, standIn: Self.standIn, in: fixture.pool)
                #expect(found.user?.sub == ada.sub && found.lockout == nil, "\(name)")
            }
            try await Self.fail(ada.sub, times: 3, fixture)
            try await Self.fail(Self.standIn, times: 7, fixture)
            for name in names {
                let found = try await fixture.store.users.signingIn(name, standIn: Self.standIn, in: fixture.pool)
                #expect(found.user?.sub == ada.sub && found.user?.username == "Ada", "\(name)")
                #expect(found.lockout == PasswordLockout(failures: 3, lastFailure: fixture.clock.now), "\(name)")
            }
        }
    }

    @Test("nobody with the failures of the one who stands for them", arguments: TestEngine.allCases)
    func unknown(engine: TestEngine) async throws {
        try await Self.run(engine) { fixture, ada in
            try await Self.fail(ada.sub, times: 3, fixture)
            let first = try await fixture.store.users.signingIn("bob", standIn: Self.standIn, in: fixture.pool)
            #expect(first.user == nil && first.lockout == nil)
            try await Self.fail(Self.standIn, times: 5, fixture)
            for name in ["bob", "bob@example.com", "00000000-0000-4000-8000-00000000dead"] {
                let found = try await fixture.store.users.signingIn(name, standIn: Self.standIn, in: fixture.pool)
                #expect(found.user == nil, "\(name)")
                #expect(found.lockout == PasswordLockout(failures: 5, lastFailure: fixture.clock.now), "\(name)")
            }
        }
    }

    @Test(
        "a user without failures isn't given those of the one who stands for the name",
        arguments: TestEngine.allCases
    )
    func noFailures(engine: TestEngine) async throws {
        try await Self.run(engine) { fixture, ada in
            try await Self.fail(Self.standIn, times: 5, fixture)
            let found = try await fixture.store.users.signingIn("ada", standIn: Self.standIn, in: fixture.pool)
            #expect(found.user?.sub == ada.sub && found.lockout == nil)
        }
    }

    @Test("by sub, even when the user is gone", arguments: TestEngine.allCases)
    func bySub(engine: TestEngine) async throws {
        try await Self.run(engine) { fixture, ada in
            try await Self.fail(ada.sub, times: 2, fixture)
            let found = try await fixture.store.users.signingIn(sub: ada.sub, in: fixture.pool)
            #expect(found.user?.username == "Ada" && found.lockout?.failures == 2)
            try await Self.fail(Self.standIn, times: 4, fixture)
            let gone = try await fixture.store.users.signingIn(sub: Self.standIn, in: fixture.pool)
            #expect(gone.user == nil && gone.lockout?.failures == 4)
        }
    }

    @Test("failures of another kind, and of another pool, aren't told", arguments: TestEngine.allCases)
    func otherAttempts(engine: TestEngine) async throws {
        try await Self.run(engine) { fixture, ada in
            let subject = AttemptSubject.user(sub: ada.sub)
            _ = try await fixture.store.attempts.isAllowed(
                .changePassword,
                subject: subject,
                poolID: fixture.pool.id,
                now: fixture.clock.now
            )
            _ = try await fixture.store.attempts.recordPasswordFailure(
                subject: subject,
                poolID: "us-east-1_Other",
                now: fixture.clock.now
            )
            #expect(try await fixture.failures(against: "ada") == nil)
        }
    }

    @Test("reading is one statement, whether somebody has the name or not", arguments: TestEngine.allCases)
    func statements(engine: TestEngine) async throws {
        try await Self.run(engine) { fixture, _ in
            for name in ["ada", "bob"] {
                let before = fixture.store.database.statistics.statements
                _ = try await fixture.store.users.signingIn(name, standIn: Self.standIn, in: fixture.pool)
                #expect(fixture.store.database.statistics.statements == before + 1)
            }
        }
    }
}
