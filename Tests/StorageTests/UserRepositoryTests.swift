import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite("Users are stored")
struct UserRepositoryTests {
    private static func aliases(_ configuration: inout UserPoolType) {
        configuration.aliasAttributes = [.email, .preferredUsername]
        configuration.usernameConfiguration = UsernameConfigurationType(caseSensitive: false)
    }

    @Test("and found by username, verified alias and sub, in any case", arguments: TestEngine.allCases)
    func find(engine: TestEngine) async throws {
        try await StorageFixture.run(engine, configure: Self.aliases) { fixture in
            let ada = try await fixture.addUser(
                "Ada",
                [UserAttribute("email", "Ada@Example.com"), UserAttribute("email_verified", "true")]
            )
            try await fixture.addUser("bob", [UserAttribute("email", "bob@example.com")])
            for name in ["ada", "ADA", "ada@example.COM", ada.sub] {
                let found = try await fixture.store.users.find(name, in: fixture.pool)
                #expect(found?.sub == ada.sub, "\(name)")
                #expect(found?.username == "Ada")
            }
            #expect(try await fixture.store.users.find("bob@example.com", in: fixture.pool) == nil)
            #expect(try await fixture.store.users.find("nobody", in: fixture.pool) == nil)
            await #expect(throws: UserFailure.notFound) {
                try await fixture.store.users.get("nobody", in: fixture.pool)
            }
        }
    }

    @Test("all their members survive a round trip", arguments: TestEngine.allCases)
    func roundTrip(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            var user = try fixture.user(
                "Zoë😀",
                [UserAttribute("name", "Ünïcode \"quoted\""), UserAttribute("locale", "fr")]
            )
            user.password = StoredPassword(salt: [0, 1, 255], sealedVerifier: [9, 0, 9])
            user.temporaryPasswordExpiresAt = StorageFixture.now.adding(seconds: 5)
            user.isEnabled = false
            try await fixture.store.users.create(user, in: fixture.pool)
            let found = try #require(try await fixture.store.users.find("Zoë😀", in: fixture.pool))
            #expect(found.attributes == user.attributes)
            #expect(found.password == user.password)
            #expect(found.temporaryPasswordExpiresAt == user.temporaryPasswordExpiresAt)
            #expect(found.isEnabled == false)
            #expect(found.status == .confirmed)
            #expect(found.createdAt == StorageFixture.now)
        }
    }

    @Test("a taken name is refused and nothing is written", arguments: TestEngine.allCases)
    func takenName(engine: TestEngine) async throws {
        try await StorageFixture.run(engine, configure: Self.aliases) { fixture in
            try await fixture.addUser("ada")
            let other = try fixture.user("ADA", [UserAttribute("preferred_username", "countess")])
            await #expect(throws: UserFailure.usernameTaken) {
                try await fixture.store.users.create(other, in: fixture.pool)
            }
            #expect(try await fixture.store.users.find("countess", in: fixture.pool) == nil)
            #expect(try await fixture.store.users.estimatedCount(in: fixture.pool.id) == 1)
        }
    }

    @Test("of 20 who take one name at once exactly one gets it", arguments: TestEngine.allCases)
    func race(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let outcomes = await concurrently(20) { _ in try await fixture.addUser("ada") }
            #expect(outcomes.count { (try? $0.get()) != nil } == 1)
            let count = try await fixture.store.users.estimatedCount(in: fixture.pool.id)
            #expect(count == 1)
        }
    }

    @Test("an alias belongs to one; force moves it and unverifies its owner", arguments: TestEngine.allCases)
    func aliasOwnership(engine: TestEngine) async throws {
        try await StorageFixture.run(engine, configure: Self.aliases) { fixture in
            let verified = [UserAttribute("email", "a@example.com"), UserAttribute("email_verified", "true")]
            let first = try await fixture.addUser("first", verified)
            let second = try fixture.user("second", verified)
            await #expect(throws: UserFailure.aliasTaken(attribute: "email")) {
                try await fixture.store.users.create(second, in: fixture.pool)
            }
            try await fixture.store.users.create(second, in: fixture.pool, takingAliases: Alias.addresses)
            #expect(try await fixture.store.users.find("A@example.com", in: fixture.pool)?.sub == second.sub)
            let owner = try await fixture.store.users.get(first.sub, in: fixture.pool)
            #expect(owner.attributes["email_verified"] == "false")
        }
    }

    @Test("nobody takes a name that is somebody else's username, alias or sub", arguments: TestEngine.allCases)
    func oneNameSpace(engine: TestEngine) async throws {
        try await StorageFixture.run(engine, configure: Self.aliases) { fixture in
            let verified = [UserAttribute("email", "a@example.com"), UserAttribute("email_verified", "true")]
            let ada = try await fixture.addUser("ada", verified + [UserAttribute("preferred_username", "countess")])
            for taken in ["countess", ada.sub, "Countess"] {
                let thief = try fixture.user(taken)
                await #expect(throws: UserFailure.usernameTaken) {
                    try await fixture.store.users.create(thief, in: fixture.pool)
                }
            }
            for taken in ["ada", "a@example.com"] {
                let thief = try fixture.user("eve", [UserAttribute("preferred_username", taken)])
                await #expect(throws: UserFailure.aliasTaken(attribute: "preferred_username")) {
                    try await fixture.store.users.create(thief, in: fixture.pool)
                }
            }
            let thief = try fixture.user("eve", [UserAttribute("preferred_username", "ada")])
            await #expect(throws: UserFailure.aliasTaken(attribute: "preferred_username")) {
                try await fixture.store.users.create(thief, in: fixture.pool, takingAliases: Alias.addresses)
            }
            #expect(try await fixture.store.users.find("ada", in: fixture.pool)?.sub == ada.sub)
            try await fixture.addUser("bob", [UserAttribute("preferred_username", "bob")])
            #expect(try await fixture.store.users.find("BOB", in: fixture.pool)?.username == "bob")
        }
    }

    /// Where users are named by address, an address is a name from the start.
    @Test(
        "an address is whose verified it first, and until then whose claimed it first",
        arguments: TestEngine.allCases
    )
    func claims(engine: TestEngine) async throws {
        try await StorageFixture.run(engine, configure: { $0.usernameAttributes = [.email] }) { fixture in
            let users = fixture.store.users
            func claimant(_ name: String, isVerified: Bool) throws -> User {
                let flag = UserAttribute("email_verified", isVerified ? "true" : "false")
                return try fixture.user(name, [UserAttribute("email", "a@example.com"), flag])
            }
            let first = try claimant("first", isVerified: false)
            try await users.create(first, in: fixture.pool)
            await #expect(throws: UserFailure.accountExists(attribute: "email")) {
                try await users.create(claimant("second", isVerified: false), in: fixture.pool)
            }
            let third = try claimant("third", isVerified: true)
            try await users.create(third, in: fixture.pool)
            #expect(try await users.get("a@example.com", in: fixture.pool).sub == third.sub)
            for isVerified in [false, true] {
                await #expect(throws: UserFailure.accountExists(attribute: "email")) {
                    try await users.create(claimant("fourth", isVerified: isVerified), in: fixture.pool)
                }
            }
            #expect(try await users.get("a@example.com", in: fixture.pool).sub == third.sub)
            #expect(try await users.get(first.sub, in: fixture.pool).attributes["email"] == "a@example.com")
            #expect(try await users.find("second", in: fixture.pool)?.sub == nil)
        }
    }

    @Test("40 concurrent changes to one user lose none", arguments: TestEngine.allCases)
    func concurrentChanges(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada", [UserAttribute("nickname", "")])
            let outcomes = await concurrently(40) { _ in
                try await fixture.store.users.update(sub: user.sub, in: fixture.pool) { user in
                    user.attributes["nickname"] = String((Int(user.attributes["nickname"] ?? "") ?? 0) + 1)
                }
            }
            for outcome in outcomes { _ = try outcome.get() }
            let found = try await fixture.store.users.get("ada", in: fixture.pool)
            #expect(found.attributes["nickname"] == "40")
        }
    }

    @Test("deleting takes aliases, codes and sessions along", arguments: TestEngine.allCases)
    func delete(engine: TestEngine) async throws {
        try await StorageFixture.run(engine, configure: Self.aliases) { fixture in
            let verified = [UserAttribute("email", "a@example.com"), UserAttribute("email_verified", "true")]
            let user = try await fixture.addUser("ada", verified)
            let session = try fixture.session(of: user)
            try await fixture.open(session, refreshHash: [1])
            #expect(try await fixture.store.sessions.rotate(session, from: [1], to: [2], graceSeconds: 0))
            try await fixture.store.users.delete(sub: user.sub, poolID: fixture.pool.id)
            #expect(try await fixture.store.users.find("a@example.com", in: fixture.pool) == nil)
            for hash in [[1], [2]] as [[UInt8]] {
                #expect(try await fixture.store.sessions.find(refreshHash: hash, poolID: fixture.pool.id) == nil)
            }
            for table in ["user_aliases", "sessions", "refresh_tokens", "users"] {
                #expect(try await fixture.store.database.rowCount("select 1 from \(unsafeSQL: table)") == 0, "\(table)")
            }
        }
    }

    @Test("the password history keeps the newest first", arguments: TestEngine.allCases)
    func passwordHistory(engine: TestEngine) async throws {
        let policy = UserPoolPolicyType(passwordPolicy: PasswordPolicyType(passwordHistorySize: 3))
        try await StorageFixture.run(engine, configure: { $0.policies = policy }) { fixture in
            let user = try await fixture.addUser("ada")
            for number in 1...6 as ClosedRange<UInt8> {
                fixture.clock.set(after: Int64(number))
                try await fixture.store.users.update(sub: user.sub, in: fixture.pool) { user in
                    user.password = StoredPassword(salt: [number], sealedVerifier: [number])
                }
            }
            let history = try await fixture.store.users.passwordHistory(
                sub: user.sub,
                poolID: fixture.pool.id,
                count: 3
            )
            #expect(history.map(\.salt) == [[6], [5], [4]])
            #expect(try await fixture.store.database.rowCount("select 1 from password_history") <= 4)
        }
    }
}
