import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite("What is changed says when")
struct ModificationTimeTests {
    @Test("a pool, and the change is seen at once", arguments: TestEngine.allCases)
    func pool(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let directory = fixture.store.directory
            let before = try await directory.pool(fixture.pool.id).pool
            #expect(before.configuration.lastModifiedDate == nil)
            fixture.clock.set(after: 1)
            try await fixture.store.pools.change(fixture.pool.id) { configuration, _ in
                configuration.deletionProtection = .active
                // What the caller says of the time doesn't count.
                configuration.lastModifiedDate = Timestamp(milliseconds: 1)
            }
            let after = try await directory.pool(fixture.pool.id).pool
            #expect(after.configuration.deletionProtection == .active)
            #expect(after.configuration.lastModifiedDate == fixture.clock.now)
        }
    }

    @Test("a client, and the change is seen at once", arguments: TestEngine.allCases)
    func client(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            func client(_ name: String) -> AppClient {
                var configuration = UserPoolClientType(userPoolId: fixture.pool.id, clientName: name, clientId: "c1")
                configuration.lastModifiedDate = Timestamp(milliseconds: 1)
                return AppClient(id: "c1", poolID: fixture.pool.id, configuration: configuration, secret: "s")
            }
            #expect(try await fixture.store.clients.create(client("old")))
            _ = try await fixture.store.directory.client("c1")
            fixture.clock.set(after: 1)
            let updated = try await fixture.store.clients.update(client("new"))
            let read = try await fixture.store.directory.client("c1").client
            for changed in [updated, read] {
                #expect(changed.configuration.clientName == "new")
                #expect(changed.configuration.lastModifiedDate == fixture.clock.now)
                #expect(changed.secret == "s")
            }
        }
    }

    @Test("a user, by whatever changes them", arguments: TestEngine.allCases)
    func user(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let (store, pool) = (fixture.store, fixture.pool)
            let sub = try await fixture.addUser("ada").sub
            let rename: @Sendable (inout User) -> Void = { user in
                user.attributes["nickname"] = (user.attributes["nickname"] ?? "") + "x"
                // What the change says of the time doesn't count.
                user.modifiedAt = Timestamp(milliseconds: 1)
            }
            let code = StoredCode(
                purpose: .verifyEmail,
                hash: [1],
                attribute: UserAttribute("email", "a@b.c"),
                expiresAt: StorageFixture.now.adding(seconds: 60)
            )
            var step = SessionRepository.Step()
            step.change = rename
            let attempt = CodeRepository.Attempt(
                .verifyEmail,
                hash: [1],
                sub: sub,
                limit: .verifyUserAttribute
            )
            let changes: [(String, () async throws -> Void)] = [
                ("update", { try await store.users.update(sub: sub, in: pool, change: rename) }),
                ("codes", { try await store.users.update(sub: sub, in: pool, codes: [code], change: rename) }),
                ("revoking", { try await store.users.updateRevokingSessions(sub: sub, in: pool, change: rename) }),
                ("redeem", { try await store.codes.redeem(attempt, in: pool) { user, _ in rename(&user) } }),
                ("advance", { _ = try await store.sessions.advance(sub, by: step, in: pool) }),
            ]
            for (index, (name, change)) in changes.enumerated() {
                fixture.clock.advance(seconds: 1)
                try await change()
                let changed = try await store.users.get("ada", in: pool)
                #expect(changed.attributes["nickname"]?.count == index + 1, "\(name)")
                #expect(changed.modifiedAt == fixture.clock.now, "\(name)")
                #expect(changed.createdAt == StorageFixture.now, "\(name)")
            }
        }
    }

    @Test("also a user whose address was taken away", arguments: TestEngine.allCases)
    func released(engine: TestEngine) async throws {
        try await StorageFixture.run(engine, configure: { $0.aliasAttributes = [.email] }) { fixture in
            let address = [UserAttribute("email", "a@b.c"), UserAttribute("email_verified", "true")]
            try await fixture.addUser("ada", address)
            try await fixture.addUser("eve")
            fixture.clock.set(after: 1)
            try await fixture.store.users.create(
                fixture.user("bob", address),
                in: fixture.pool,
                takingAliases: Alias.addresses
            )
            #expect(try await fixture.store.users.get("ada", in: fixture.pool).modifiedAt == fixture.clock.now)
            #expect(try await fixture.store.users.get("eve", in: fixture.pool).modifiedAt == StorageFixture.now)
        }
    }
}
