import CognitoModel
import Cryptography
import Domain
import JOSE
import Testing

/// Two keys for the whole suite, as making one is slow.
private let sharedKeys = Result {
    TokenKeys(
        id: try SigningKey(id: "id-key", privateKey: .generate()),
        access: try SigningKey(id: "access-key", privateKey: .generate())
    )
}

@Suite struct TokenTests {
    private let keys: TokenKeys
    private let pool: UserPool
    private let issuer = TokenIssuer(
        issuer: .publicURL("http://localhost:8484"),
        identifiers: IdentifierGenerator(random: RandomSource { [UInt8](repeating: 1, count: $0) })
    )
    private let uuid = "01010101-0101-4101-8101-010101010101"
    private let attributes = [
        UserAttribute("email", "a@b.c"), UserAttribute("email_verified", "true"), UserAttribute("phone_number", "+491"),
        UserAttribute("phone_number_verified", "false"), UserAttribute("address", "Main \"St\""),
        UserAttribute("custom:n", "7"), UserAttribute("dev:custom:d", "x"),
    ]

    init() throws {
        keys = try sharedKeys.get()
        pool = try makePool()
    }

    @Test("an access token has Cognito's claims in Cognito's order")
    func accessToken() async throws {
        let token = try await #require(CompactJWS(issue().access))
        #expect(
            String(decoding: token.payload, as: UTF8.self) == """
                {"sub":"00000000-0000-4000-8000-000000000001","iss":"http://localhost:8484/us-east-1_aBcD12345",\
                "client_id":"client1","origin_jti":"origin","event_id":"event","token_use":"access",\
                "scope":"aws.cognito.signin.user.admin","auth_time":1699999000,"exp":1700003600,"iat":1700000000,\
                "jti":"\(uuid)","username":"alice"}
                """
        )
        #expect(String(decoding: token.header, as: UTF8.self) == #"{"kid":"access-key","alg":"RS256"}"#)
    }

    @Test("an ID token has Cognito's claims in Cognito's order, flags as booleans, the address as an object")
    func idToken() async throws {
        let token = try await #require(issue().id.flatMap(CompactJWS.init))
        #expect(
            String(decoding: token.payload, as: UTF8.self) == """
                {"sub":"00000000-0000-4000-8000-000000000001","iss":"http://localhost:8484/us-east-1_aBcD12345",\
                "cognito:username":"alice","origin_jti":"origin","aud":"client1","event_id":"event","token_use":"id",\
                "auth_time":1699999000,"exp":1700003600,"iat":1700000000,"jti":"\(uuid)","email":"a@b.c",\
                "email_verified":true,"phone_number":"+491","phone_number_verified":false,\
                "address":{"formatted":"Main \\"St\\""},"custom:n":"7"}
                """
        )
        #expect(String(decoding: token.header, as: UTF8.self) == #"{"kid":"id-key","alg":"RS256"}"#)
    }

    @Test("each token verifies by its own key alone")
    func twoKeys() async throws {
        let tokens = try await issue()
        let id = try #require(tokens.id.flatMap(CompactJWS.init))
        let access = try #require(CompactJWS(tokens.access))
        #expect(try id.isSigned(by: keys.id.publicKey) && !id.isSigned(by: keys.access.publicKey))
        #expect(try access.isSigned(by: keys.access.publicKey) && !access.isSigned(by: keys.id.publicKey))
        let published = try RequestDecoder.document(JSONValue.self, from: keys.jwks)
        guard case .array(let list) = published["keys"] else {
            Issue.record("no keys")
            return
        }
        #expect(list.map { $0["kid"]?.stringValue } == ["id-key", "access-key"])
    }

    @Test(
        "an ID token shows what the client reads",
        arguments: [
            (#""ReadAttributes":["email"]"#, ["email"]),
            (#""ReadAttributes":["phone_number_verified","custom:n"]"#, ["custom:n", "phone_number_verified"]),
            (#""ReadAttributes":[]"#, []),
        ]
    )
    func readAttributes(settings: String, shown: [String]) async throws {
        let claims = try await claims(of: #require(issue(settings).id))
        #expect(attributes.map(\.name).filter { claims[$0] != nil }.sorted() == shown)
        #expect(claims["sub"] != nil)
    }

    @Test("the client's validity decides when tokens expire")
    func validity() async throws {
        let settings = """
            "AccessTokenValidity":5,"IdTokenValidity":2,
            "TokenValidityUnits":{"AccessToken":"minutes","IdToken":"hours"}
            """
        let tokens = try await issue(settings)
        #expect(tokens.expiresIn == 300)
        #expect(try claims(of: tokens.access)["exp"]?.integerValue == 1_700_000_300)
        #expect(try claims(of: #require(tokens.id))["exp"]?.integerValue == 1_700_007_200)
    }

    @Test("without revocation a token has neither jti nor origin_jti")
    func withoutRevocation() async throws {
        let tokens = try await issue(#""EnableTokenRevocation":false"#)
        for token in [tokens.access, try #require(tokens.id)] {
            let claims = try claims(of: token)
            #expect(claims["jti"] == nil && claims["origin_jti"] == nil)
            #expect(claims["event_id"]?.stringValue == "event")
        }
    }

    @Test("a refresh token has the form of a JWE, is random, and never repeats")
    func refreshToken() throws {
        let issuer = TokenIssuer(issuer: .aws, identifiers: IdentifierGenerator(random: .system))
        let token = try issuer.refreshToken()
        let parts = try token.split(separator: ".").map { try #require(Base64URL.decode(String($0))) }
        #expect(String(decoding: parts[0], as: UTF8.self) == #"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#)
        #expect(parts.dropFirst().map(\.count) == [256, 12, 48, 16])
        let other = try issuer.refreshToken().split(separator: ".").map { try #require(Base64URL.decode(String($0))) }
        #expect(zip(parts, other).dropFirst().allSatisfy { $0 != $1 })
        #expect(StringConstraint.tokenModelType.isMet(by: token))
    }

    @Test(
        "the issuer's two forms",
        arguments: [
            (Issuer.publicURL("https://id.example.com/base"), "https://id.example.com/base/us-east-1_aBcD12345"),
            (.aws, "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_aBcD12345"),
        ]
    )
    func issuerForms(issuer: Issuer, url: String) {
        #expect(issuer.url(of: pool) == url)
    }

    @Test("an access token is believed until it expires")
    func verify() async throws {
        let claims = try await verify(issue().access)
        #expect(claims.sub == "00000000-0000-4000-8000-000000000001")
        #expect(claims.clientID == "client1" && claims.eventID == "event")
        #expect(claims.issuedAt == 1_700_000_000 && claims.expiresAt == 1_700_003_600)
        let token = try await issue().access
        #expect(UnverifiedAccessToken(token)?.poolID == pool.id)
        let last = Timestamp(milliseconds: 1_700_003_599_999)
        #expect(throws: Never.self) { try verify(token, now: last) }
        #expect(throws: TokenFailure.accessTokenExpired) { try verify(token, now: last.adding(milliseconds: 1)) }
    }

    @Test("what is no access token of the pool is refused")
    func refused() async throws {
        let tokens = try await issue()
        #expect(throws: TokenFailure.invalidAccessToken) { try verify(#require(tokens.id)) }
        let other = TokenIssuer(issuer: .aws, identifiers: IdentifierGenerator(random: .system))
        await #expect(throws: TokenFailure.invalidAccessToken) { try await verify(issue(by: other).access) }
        var payload = try #require(CompactJWS(tokens.access)).payload
        #expect(throws: TokenFailure.invalidAccessToken) { try verify(keys.id.sign(payload)) }
        #expect(throws: Never.self) { try verify(keys.access.sign(payload)) }
        payload = Array(String(decoding: payload, as: UTF8.self).replacing("\"access\"", with: "\"id\"").utf8)
        #expect(throws: TokenFailure.invalidAccessToken) { try verify(keys.access.sign(payload)) }
        for nonsense in ["", "{}", "[]", "x"] {
            #expect(throws: TokenFailure.invalidAccessToken) { try verify(keys.access.sign(Array(nonsense.utf8))) }
        }
    }

    @Test(
        "an access token without the scope of user operations is refused",
        arguments: [
            "\"openid\"", "\"\"", "null", "\"aws.cognito.signin.user.administrator\"",
            "\"xaws.cognito.signin.user.admin\"",
        ]
    )
    func scopes(scope: String) async throws {
        let payload = String(decoding: try await #require(CompactJWS(issue().access)).payload, as: UTF8.self)
        let changed = payload.replacing("\"aws.cognito.signin.user.admin\"", with: scope)
        #expect(throws: TokenFailure.accessTokenLacksScopes) { try verify(keys.access.sign(Array(changed.utf8))) }
        let among = payload.replacing("\"aws.cognito", with: "\"openid aws.cognito")
        #expect(throws: Never.self) { try verify(keys.access.sign(Array(among.utf8))) }
    }

    private func issue(_ settings: String = "", by other: TokenIssuer? = nil) async throws -> TokenIssuer.Tokens {
        let session = TokenSession(
            id: "event",
            poolID: pool.id,
            sub: "s",
            clientID: "client1",
            originJTI: "origin",
            authTime: Timestamp(milliseconds: 1_699_999_000_999),
            expiresAt: .test
        )
        return try await (other ?? issuer).issue(
            for: makeUser(attributes),
            client: makeClient(settings),
            pool: pool,
            session: session,
            keys: keys,
            now: .test
        )
    }

    private func verify(_ token: String, now: Timestamp = .test) throws -> AccessTokenClaims {
        let verified = VerifiedAccessTokens()
        guard let token = verified.read(token) else { throw TokenFailure.invalidAccessToken }
        let issuer = Issuer.publicURL("http://localhost:8484")
        return try verified.claims(of: token, pool: pool, keys: keys, issuer: issuer, now: now)
    }

    private func claims(of token: String) throws -> JSONValue {
        try RequestDecoder.document(JSONValue.self, from: #require(CompactJWS(token)).payload)
    }
}
