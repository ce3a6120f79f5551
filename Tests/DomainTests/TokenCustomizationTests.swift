import CognitoModel
import Testing

@testable import Domain

/// What functions may change about tokens.
@Suite struct TokenCustomizationTests {
    /// The developer guide's "Excluded claims", and what it lets functions do with each beside: add to either token,
    /// leave out.
    static let claims: [(name: String, add: Bool, suppress: Bool)] = [
        ("acr", false, false), ("amr", false, false), ("at_hash", false, false), ("aud", false, false),
        ("auth_time", false, false), ("azp", false, false), ("client_id", false, false),
        ("cognito:username", false, false), ("cognito:anything", false, false), ("cognito:groups", false, true),
        ("cognito:roles", false, false), ("cognito:preferred_role", false, false), ("device_key", false, false),
        ("event_id", false, false), ("exp", false, false), ("iat", false, false), ("identities", false, false),
        ("iss", false, false), ("jti", false, false), ("nbf", false, false), ("nonce", false, false),
        ("origin_jti", false, false), ("scope", false, false), ("sub", false, false), ("token_use", false, false),
        ("username", false, false), ("version", false, false), ("dev:custom:a", false, true), ("email", true, true),
        ("email_verified", true, true), ("custom:a", true, true), ("new", true, true), ("", true, true),
        ("https://aws.amazon.com/tags", true, true), ("cognito", true, true), ("SUB", true, true),
    ]

    @Test("each claim in both tokens", arguments: claims.map(\.name), [ExchangeableToken.Kind.id, .access])
    func table(name: String, kind: ExchangeableToken.Kind) throws {
        let row = try #require(Self.claims.first { $0.name == name })
        let adding = ClaimChanges(adding: [name: .string("x")], of: try makeClient(), in: kind)
        #expect(adding.added == (row.add ? [name: .string("x")] : [:]) && adding.suppressed.isEmpty)
        let suppressing = ClaimChanges(suppressing: [name], of: try makeClient(), in: kind)
        #expect(suppressing.suppressed.contains(name) == row.suppress && suppressing.added.isEmpty)
    }

    @Test("the audience of an access token may be its client")
    func audience() throws {
        let client = try makeClient()
        func added(_ value: JSONValue, _ kind: ExchangeableToken.Kind) -> [String: JSONValue] {
            ClaimChanges(adding: ["aud": value], of: client, in: kind).added
        }
        #expect(added(.string("client1"), .access) == ["aud": .string("client1")])
        #expect(added(.string("client2"), .access) == [:] && added(.array([.string("client1")]), .access) == [:])
        #expect(added(.string("client1"), .id) == [:])
        #expect(ClaimChanges(adding: ["aud": .string("client1")], in: .access).added == [:])
    }

    @Test("suppressing beats adding, and takes the roles with the groups")
    func suppression() {
        let changes = ClaimChanges(adding: ["a": .integer(1), "b": .null], suppressing: ["a", "cognito:groups"])
        #expect(changes.added == ["b": .null])
        #expect(changes.suppressed == ["a", "cognito:groups", "cognito:roles", "cognito:preferred_role"])
    }

    @Test(
        "scopes",
        arguments: [
            (["a"], ["b"], [], "a b"), (["a"], ["a", "b", "b"], [], "a b"), (["a", "b"], ["c"], ["c", "a"], "b"),
            (["a"], [], ["a"], ""), ([], ["a"], [], "a"), (["a"], [], ["A"], "a"),
        ] as [([String], [String], [String], String)]
    )
    func scopes(granted: [String], added: [String], suppressed: [String], left: String) {
        let customization = TokenCustomization(scopesToAdd: added, scopesToSuppress: suppressed)
        #expect(customization.scopes(of: granted).joined(separator: " ") == left)
    }

    @Test("an exchanged token is good for no more")
    func narrowing() throws {
        let client = try makeClient()
        let claims: [String: JSONValue] = ["aud": .string("client1"), "act": .string("me"), "a": .integer(1)]
        let customization = TokenCustomization(
            id: ClaimChanges(adding: claims, suppressing: ["b", "act2"], of: client, in: .id),
            access: ClaimChanges(adding: claims, suppressing: ["c"], of: client, in: .access),
            scopesToAdd: ["x"],
            scopesToSuppress: ["y"]
        )
        let narrow = customization.narrowing
        #expect(narrow.id.added == ["a": .integer(1)] && narrow.access.added == ["a": .integer(1)])
        #expect(narrow.id.suppressed == ["b", "act2"] && narrow.access.suppressed == ["c"])
        #expect(narrow.scopes(of: ["y", "z"]) == ["z"])
    }

    @Test("what is kept with a code is the same afterwards")
    func kept() throws {
        let full = TokenCustomization(
            id: ClaimChanges(
                adding: ["a": .array([.boolean(true), .number(0.5)])],
                suppressing: ["b", "cognito:groups"]
            ),
            access: ClaimChanges(
                adding: ["aud": .string("client1"), "c": .object(["d": .null])],
                of: try makeClient(),
                in: .access
            ),
            scopesToAdd: ["s"],
            scopesToSuppress: ["t"],
            groups: TokenGroups(names: ["g"], roles: ["r"], preferredRole: "p")
        )
        for customization in [full, TokenCustomization(), TokenCustomization(groups: TokenGroups())] {
            let read = try RequestDecoder.document(TokenCustomization.self, from: customization.jsonBytes)
            #expect(read == customization)
        }
        let terms = AuthorizationCode.Terms(
            redirectURI: "https://app.test",
            grant: OAuthGrant(scopes: ["openid"]),
            nonce: nil,
            codeChallenge: nil,
            context: nil,
            authTime: .test,
            ssoSessionID: "s"
        )
        for customization in [full, nil] {
            let own = terms.with(customization)
            #expect(try RequestDecoder.document(AuthorizationCode.Terms.self, from: own.jsonBytes) == own)
        }
    }

    @Test("claims are changed where they stand, and added at the end in the order of their names")
    func writing() {
        func written(_ changes: ClaimChanges?) -> String {
            var json = ClaimsWriter(changes, capacity: 64)
            json.member("sub", "s")
            json.member("absent", String?.none)
            json.member("email", "a@b.c")
            json.member("custom:a", "1")
            return String(decoding: json.finish(), as: UTF8.self)
        }
        #expect(written(nil) == #"{"sub":"s","email":"a@b.c","custom:a":"1"}"#)
        #expect(written(ClaimChanges()) == #"{"sub":"s","email":"a@b.c","custom:a":"1"}"#)
        let changes = ClaimChanges(
            adding: ["z": .integer(1), "email": .string("x"), "b": .boolean(true), "absent": .null],
            suppressing: ["custom:a", "nothing"]
        )
        #expect(written(changes) == #"{"sub":"s","email":"x","absent":null,"b":true,"z":1}"#)
    }
}
