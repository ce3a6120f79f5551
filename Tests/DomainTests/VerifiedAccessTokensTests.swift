import CognitoModel
import Cryptography
import Domain
import JOSE
import Testing

@Suite struct VerifiedAccessTokensTests {
    private static let keys = Result { try makeKeys() }
    private static let otherKeys = Result { try makeKeys() }
    private static let issuer = Issuer.publicURL("http://localhost:8484")

    private let tokens = VerifiedAccessTokens(halfLimit: 3)
    private let pool: UserPool
    private let keys: TokenKeys

    init() throws {
        pool = try makePool()
        keys = try Self.keys.get()
    }

    private static func makeKeys() throws -> TokenKeys {
        TokenKeys(
            id: try SigningKey(id: "id", privateKey: .generate()),
            access: try SigningKey(id: try IdentifierGenerator(random: .system).keyID(), privateKey: .generate())
        )
    }

    private func issue() async throws -> String {
        try await TokenIssuer(issuer: Self.issuer, identifiers: IdentifierGenerator(random: .system)).issue(
            for: makeUser([]),
            client: makeClient(),
            pool: pool,
            session: TokenSession(
                id: "event",
                poolID: pool.id,
                sub: "s",
                clientID: "client1",
                originJTI: "origin",
                authTime: .test,
                expiresAt: .test
            ),
            keys: keys,
            now: .test
        ).access
    }

    private func isKnown(_ token: String) -> Bool {
        if case .known = tokens.read(token) { true } else { false }
    }

    @discardableResult
    private func claims(of token: String, keys: TokenKeys? = nil, now: Timestamp = .test) throws -> AccessTokenClaims {
        guard let presented = tokens.read(token) else { throw TokenFailure.invalidAccessToken }
        #expect(presented.poolID == pool.id)
        return try tokens.claims(of: presented, pool: pool, keys: keys ?? self.keys, issuer: Self.issuer, now: now)
    }

    @Test("a token is known once it was verified, and means the same")
    func known() async throws {
        let token = try await issue()
        #expect(!isKnown(token))
        let first = try claims(of: token)
        #expect(isKnown(token))
        let second = try claims(of: token)
        #expect(first.sub == second.sub && first.eventID == second.eventID && first.clientID == second.clientID)
    }

    @Test("a known token expires as any other")
    func expiry() async throws {
        let token = try await issue()
        try claims(of: token)
        #expect(throws: TokenFailure.accessTokenExpired) { try claims(of: token, now: .test.adding(seconds: 3600)) }
        #expect(isKnown(token))
    }

    @Test("a token that was refused isn't known")
    func refused() async throws {
        let token = try await issue()
        #expect(throws: TokenFailure.accessTokenExpired) { try claims(of: token, now: .test.adding(seconds: 3600)) }
        #expect(throws: TokenFailure.invalidAccessToken) { try claims(of: token, keys: Self.otherKeys.get()) }
        #expect(!isKnown(token))
        #expect(tokens.read("nonsense") == nil)
    }

    @Test("a known token with another signature, or of a pool that signs with another key, is refused")
    func forged() async throws {
        let token = try await issue()
        try claims(of: token)
        let parts = token.split(separator: ".")
        let forged = try await #require(issue().split(separator: ".").last)
        #expect(throws: TokenFailure.invalidAccessToken) { try claims(of: "\(parts[0]).\(parts[1]).\(forged)") }
        #expect(throws: TokenFailure.invalidAccessToken) { try claims(of: token, keys: Self.otherKeys.get()) }
    }

    @Test("a token of a key that signs no more is good as long as the key is published")
    func formerKey() async throws {
        let (token, later) = (try await issue(), try await issue())
        try claims(of: token)
        let others = try Self.otherKeys.get()
        let rotated = TokenKeys(
            id: others.id,
            access: others.access,
            otherIDs: [keys.id],
            otherAccesses: [keys.access]
        )
        #expect(rotated.jwks.split(separator: #""kid":"#).count == 5)
        for token in [token, later] {
            #expect(throws: Never.self) { try claims(of: token, keys: rotated) }
            #expect(throws: TokenFailure.invalidAccessToken) { try claims(of: token, keys: others) }
        }
        // An ID key's signature on what says to be an access token.
        let payload = try #require(CompactJWS(token)).payload
        #expect(throws: TokenFailure.invalidAccessToken) { try claims(of: keys.id.sign(payload), keys: rotated) }
        let misnamed = try SigningKey(id: others.access.id, privateKey: keys.access.privateKey)
        #expect(throws: TokenFailure.invalidAccessToken) { try claims(of: misnamed.sign(payload), keys: rotated) }
    }

    @Test("new keys sign when every copy of the key set has them, and old ones last as long as their tokens")
    func schedule() {
        for schedule in [SigningKeySchedule.publishedAhead, .atOnce, .compromised] {
            let signs = schedule.signsFrom(.test).seconds - Timestamp.test.seconds
            let expire = schedule.olderKeysExpire(.test).seconds - Timestamp.test.seconds
            #expect(signs > SigningKeySchedule.nodeMemory)
            #expect((signs > SigningKeySchedule.keySetLifetime + 30) == (schedule == .publishedAhead))
            #expect((expire > signs + 86_400 + 30) == (schedule != .compromised))
            #expect(expire >= signs)
        }
    }

    @Test("no more than twice the half limit are known, the newest among them")
    func limit() async throws {
        var issued: [String] = []
        for _ in 0..<7 { issued.append(try await issue()) }
        for token in issued { try claims(of: token) }
        #expect(issued.map(isKnown) == [false, false, false, true, true, true, true])
        #expect(try claims(of: issued[0]).sub == claims(of: issued[6]).sub)
    }
}
