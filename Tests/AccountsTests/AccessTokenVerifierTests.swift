import Accounts
import CognitoModel
import Cryptography
import Domain
import Storage
import Testing

@Suite struct AccessTokenVerifierTests {
    /// A user who signed in.
    private struct SignedIn: Sendable {
        let fixture: AccountsFixture
        let user: User
        let session: TokenSession
        let tokens: TokenIssuer.Tokens

        static func run(_ body: (SignedIn) async throws -> Void) async throws {
            try await AccountsFixture.run { fixture in
                try await body(SignedIn(fixture, user: try await fixture.addUser("ada")))
            }
        }

        init(_ fixture: AccountsFixture, user: User, keys: TokenKeys? = nil, issuer: Issuer? = nil) async throws {
            self.fixture = fixture
            self.user = user
            session = TokenSession(
                id: "event-\(user.sub)",
                poolID: fixture.pool.id,
                sub: user.sub,
                clientID: fixture.client.id,
                originJTI: "origin",
                authTime: fixture.clock.now,
                expiresAt: fixture.clock.now.adding(seconds: 86400)
            )
            let identifiers = IdentifierGenerator(random: .system)
            tokens = try await TokenIssuer(issuer: issuer ?? AccountsFixture.issuer, identifiers: identifiers).issue(
                for: user,
                client: fixture.client,
                pool: fixture.pool,
                session: session,
                keys: keys ?? AccountsFixture.keys.get(),
                now: fixture.clock.now
            )
            var step = SessionRepository.Step()
            step.opening = (session, Array(user.sub.utf8))
            step.epoch = user.credentialEpoch
            _ = try await fixture.store.sessions.advance(user.sub, by: step, in: fixture.pool)
        }

        @discardableResult
        func holder(of token: String? = nil) async throws -> AccessTokenVerifier.Holder {
            try await fixture.accessTokens.holder(of: token ?? tokens.access, now: fixture.clock.now)
        }

        func change(_ change: @escaping @Sendable (inout User) -> Void) async throws {
            try await fixture.store.users.update(sub: user.sub, in: fixture.pool, change: change)
        }
    }

    @Test("a token tells its user, client and pool, and those as they are now")
    func holder() async throws {
        try await SignedIn.run { signedIn in
            for name in ["Ada", "Augusta"] {
                try await signedIn.change { $0.attributes["name"] = name }
                let holder = try await signedIn.holder()
                #expect(holder.user.sub == signedIn.user.sub && holder.user.attributes["name"] == name)
                #expect(holder.client.id == signedIn.fixture.client.id)
                #expect(holder.poolWithKeys.pool.id == signedIn.fixture.pool.id)
            }
        }
    }

    @Test("a token expires to the millisecond, whether it came before or not", arguments: [true, false])
    func expiry(cameBefore: Bool) async throws {
        try await SignedIn.run { signedIn in
            let clock = signedIn.fixture.clock
            clock.advance(milliseconds: 3_600_000 - 1)
            if cameBefore { try await signedIn.holder() }
            clock.advance(milliseconds: 1)
            await #expect(throws: TokenFailure.accessTokenExpired) { try await signedIn.holder() }
        }
    }

    @Test("a token ends with its sign-in, and with no other")
    func revoked() async throws {
        try await SignedIn.run { signedIn in
            let fixture = signedIn.fixture
            let bob = try await SignedIn(fixture, user: try await fixture.addUser("bob"))
            for each in [signedIn, bob] { try await each.holder() }
            try await fixture.store.sessions.revoke(signedIn.session)
            await #expect(throws: TokenFailure.accessTokenRevoked) { try await signedIn.holder() }
            try await bob.holder()
            try await fixture.store.sessions.revokeAll(of: bob.user.sub, poolID: fixture.pool.id)
            await #expect(throws: TokenFailure.accessTokenRevoked) { try await bob.holder() }
        }
    }

    @Test("a token of a disabled user is as one that was revoked, until they are enabled")
    func disabled() async throws {
        try await SignedIn.run { signedIn in
            try await signedIn.holder()
            try await signedIn.change { $0.isEnabled = false }
            await #expect(throws: TokenFailure.accessTokenRevoked) { try await signedIn.holder() }
            try await signedIn.change { $0.isEnabled = true }
            try await signedIn.holder()
        }
    }

    @Test("a token of a user who was deleted is nobody's")
    func deletedUser() async throws {
        try await SignedIn.run { signedIn in
            try await signedIn.holder()
            let (store, pool) = (signedIn.fixture.store, signedIn.fixture.pool)
            try await store.users.delete(sub: signedIn.user.sub, poolID: pool.id)
            await #expect(throws: UserFailure.notFound) { try await signedIn.holder() }
        }
    }

    @Test("a token through a client that was deleted, or of a pool that was, is void")
    func deletedClient() async throws {
        try await SignedIn.run { signedIn in
            let fixture = signedIn.fixture
            try await signedIn.holder()
            try await fixture.store.clients.delete(fixture.client)
            await #expect(throws: TokenFailure.invalidAccessToken) { try await signedIn.holder() }
            _ = try await fixture.store.clients.create(fixture.client)
            try await signedIn.holder()
            try await fixture.store.pools.delete(fixture.pool.id)
            await #expect(throws: TokenFailure.invalidAccessToken) { try await signedIn.holder() }
        }
    }

    @Test("a token of another issuer, or signed by another pool's key, is void")
    func forged() async throws {
        try await SignedIn.run { signedIn in
            let fixture = signedIn.fixture
            let forgers = [
                try await SignedIn(fixture, user: try await fixture.addUser("eve"), keys: AccountsFixture.makeKeys()),
                try await SignedIn(fixture, user: try await fixture.addUser("mallory"), issuer: .aws),
            ]
            for forger in forgers {
                await #expect(throws: TokenFailure.invalidAccessToken) { try await forger.holder() }
            }
            try await signedIn.holder()
        }
    }

    @Test("a pool whose keys were replaced knows its old tokens no more, even those that came before")
    func replacedKeys() async throws {
        try await SignedIn.run { signedIn in
            let (store, pool) = (signedIn.fixture.store, signedIn.fixture.pool)
            try await signedIn.holder()
            try await store.pools.delete(pool.id)
            let isNew = try await store.pools.create(
                pool,
                keys: AccountsFixture.makeKeys(),
                now: signedIn.fixture.clock.now
            )
            #expect(isNew)
            await #expect(throws: TokenFailure.invalidAccessToken) { try await signedIn.holder() }
        }
    }

    @Test("what is no access token is void")
    func nonsense() async throws {
        try await SignedIn.run { signedIn async throws in
            let tokens = signedIn.tokens
            for text in ["", "x", "a.b.c", tokens.id, String(tokens.access.dropLast()), tokens.access + "A"] {
                await #expect(throws: TokenFailure.invalidAccessToken) { try await signedIn.holder(of: text) }
            }
        }
    }
}
