import CognitoModel
import Domain
import Testing

@Suite struct AppClientTests {
    static let flows: [AuthFlowType] = [
        .userSrpAuth, .refreshTokenAuth, .refreshToken, .customAuth, .adminNoSrpAuth, .userPasswordAuth,
        .adminUserPasswordAuth, .userAuth,
    ]

    @Test(
        "the flows that a client allows",
        arguments: [
            ("", "CUSTOM_AUTH REFRESH_TOKEN REFRESH_TOKEN_AUTH USER_SRP_AUTH"),
            ("ALLOW_USER_SRP_AUTH", "USER_SRP_AUTH"),
            ("ALLOW_REFRESH_TOKEN_AUTH", "REFRESH_TOKEN REFRESH_TOKEN_AUTH"),
            ("ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"),
            ("ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH ADMIN_USER_PASSWORD_AUTH"),
            ("ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH"),
            ("ALLOW_USER_AUTH", "USER_AUTH"),
            ("ALLOW_USER_SRP_AUTH ALLOW_USER_AUTH", "USER_AUTH USER_SRP_AUTH"),
            ("USER_PASSWORD_AUTH", "REFRESH_TOKEN REFRESH_TOKEN_AUTH USER_PASSWORD_AUTH USER_SRP_AUTH"),
            (
                "ADMIN_NO_SRP_AUTH",
                "ADMIN_NO_SRP_AUTH ADMIN_USER_PASSWORD_AUTH REFRESH_TOKEN REFRESH_TOKEN_AUTH USER_SRP_AUTH"
            ),
            ("CUSTOM_AUTH_FLOW_ONLY", "CUSTOM_AUTH REFRESH_TOKEN REFRESH_TOKEN_AUTH"),
        ]
    )
    func allows(explicit: String, allowed: String) throws {
        let names = explicit.split(separator: " ").map { "\"\($0)\"" }.joined(separator: ",")
        let settings = explicit.isEmpty ? "" : "\"ExplicitAuthFlows\":[\(names)]"
        let client = try makeClient(settings)
        #expect(Self.flows.filter(client.allows).map(\.rawValue).sorted().joined(separator: " ") == allowed)
        #expect(!client.allows(AuthFlowType(rawValue: "NONSENSE")))
    }

    @Test("an empty list of flows is as good as none given")
    func emptyFlows() throws {
        #expect(try makeClient(#""ExplicitAuthFlows":[]"#).allows(.userSrpAuth))
    }

    static let custom =
        #""Schema":[{"Name":"a","AttributeDataType":"String"},"#
        + #"{"Name":"b","AttributeDataType":"String","DeveloperOnlyAttribute":true}]"#

    @Test(
        "what a client reads",
        arguments: [
            (nil, "email", true), (nil, "custom:a", true), (nil, "dev:custom:b", false), (nil, "sub", true),
            ("email", "email", true), ("email", "custom:a", false), ("email", "email_verified", false),
            ("email", "sub", true), ("", "email", false), ("", "sub", true),
        ] as [(String?, String, Bool)]
    )
    func mayRead(list: String?, attribute: String, may: Bool) throws {
        #expect(try client("ReadAttributes", list).client.mayRead(attribute) == may)
    }

    @Test(
        "what a client writes",
        arguments: [
            (nil, "email", true), (nil, "custom:a", true), (nil, "dev:custom:b", false), (nil, "email_verified", false),
            (nil, "phone_number_verified", false), ("email", "email", true), ("email", "name", false),
            ("email", "custom:a", false), ("email", "custom:unknown", true), ("email", "email_verified", false),
            ("", "email", false), (nil, "custom:unknown", true),
        ] as [(String?, String, Bool)]
    )
    func mayWrite(list: String?, attribute: String, may: Bool) throws {
        let (client, pool) = try client("WriteAttributes", list)
        #expect(client.mayWrite(attribute, in: pool) == may)
    }

    private func client(_ member: String, _ list: String?) throws -> (client: AppClient, pool: UserPool) {
        let pool = try makePool(Self.custom)
        guard let list else { return (try makeClient(in: pool), pool) }
        let names = list.isEmpty ? "" : "\"\(list)\""
        return (try makeClient("\"\(member)\":[\(names)]", in: pool), pool)
    }

    /// Computed by Python's `hmac` and `base64`.
    @Test("the secret hash is that of Python, of any of the user's names")
    func secretHash() throws {
        let client = try makeClient(secret: "secret0123456789secret0123456789", id: "client0123456789client0123")
        let hash = "GUwXRdnLlA2HKSZJS4hPrF7p9Q44DHfBXIGWuL5N1J8="
        #expect(throws: Never.self) { try client.checkSecretHash(hash, usernames: "alice") }
        #expect(throws: Never.self) { try client.checkSecretHash(hash, usernames: "bob", "alice") }
        for (given, username) in [(hash, "bob"), (hash + "=", "alice"), ("", "alice"), (hash.lowercased(), "alice")] {
            #expect(throws: ClientFailure.secretHashWrong(id: client.id)) {
                try client.checkSecretHash(given, usernames: username)
            }
        }
        #expect(throws: ClientFailure.secretHashMissing(id: client.id)) {
            try client.checkSecretHash(nil, usernames: "alice")
        }
    }

    @Test("a client without a secret ignores a hash and a secret")
    func noSecret() throws {
        let client = try makeClient()
        #expect(throws: Never.self) { try client.checkSecretHash("x", usernames: "alice") }
        #expect(throws: Never.self) { try client.checkSecretHash(nil, usernames: "alice") }
        #expect(throws: Never.self) { try client.checkSecret("x") }
        #expect(throws: Never.self) { try client.checkSecret(nil) }
        #expect(client.hasSecret("x") && client.hasSecret(nil))
    }

    @Test(
        "the plain secret",
        arguments: [("s3cret", true), ("s3cre", false), ("S3cret", false), ("", false), (nil, false)]
            as [(String?, Bool)]
    )
    func plainSecret(given: String?, isRight: Bool) throws {
        let client = try makeClient(secret: "s3cret")
        let failure = failure(of: ClientFailure.self) { try client.checkSecret(given) }
        #expect(failure == (isRight ? nil : .secretWrong(id: client.id)))
        #expect(client.hasSecret(given) == isRight)
        #expect(client.wireForm.clientSecret == "s3cret")
        #expect(client.configuration.clientSecret == nil)
    }

    @Test(
        "how long tokens are good",
        arguments: [
            ("", 3600, 3600, 2_592_000),
            (#""AccessTokenValidity":2"#, 7200, 3600, 2_592_000),
            (#""IdTokenValidity":24"#, 3600, 86400, 2_592_000),
            (#""RefreshTokenValidity":0"#, 3600, 3600, 2_592_000),
            (#""RefreshTokenValidity":1"#, 3600, 3600, 86400),
            (#""RefreshTokenValidity":3650"#, 3600, 3600, 315_360_000),
            (#""AccessTokenValidity":5,"TokenValidityUnits":{"AccessToken":"minutes"}"#, 300, 3600, 2_592_000),
            (#""AccessTokenValidity":300,"TokenValidityUnits":{"AccessToken":"seconds"}"#, 300, 3600, 2_592_000),
            (#""AccessTokenValidity":1,"TokenValidityUnits":{"AccessToken":"days"}"#, 86400, 3600, 2_592_000),
            (#""RefreshTokenValidity":60,"TokenValidityUnits":{"RefreshToken":"minutes"}"#, 3600, 3600, 3600),
            (#""IdTokenValidity":10,"TokenValidityUnits":{"AccessToken":"minutes"}"#, 3600, 36000, 2_592_000),
        ] as [(String, Int64, Int64, Int64)]
    )
    func validity(settings: String, access: Int64, id: Int64, refresh: Int64) throws {
        let validity = try TokenValidity(makeClient(settings).configuration)
        #expect(validity.access == access)
        #expect(validity.id == id)
        #expect(validity.refresh == refresh)
    }

    @Test(
        "a validity out of Cognito's range is refused",
        arguments: [
            #""AccessTokenValidity":25"#, #""IdTokenValidity":25"#, #""RefreshTokenValidity":3651"#,
            #""AccessTokenValidity":4,"TokenValidityUnits":{"AccessToken":"minutes"}"#,
            #""AccessTokenValidity":299,"TokenValidityUnits":{"AccessToken":"seconds"}"#,
            #""IdTokenValidity":2,"TokenValidityUnits":{"IdToken":"days"}"#,
            #""IdTokenValidity":4,"TokenValidityUnits":{"IdToken":"minutes"}"#,
            #""RefreshTokenValidity":59,"TokenValidityUnits":{"RefreshToken":"minutes"}"#,
            #""RefreshTokenValidity":315360000"#,
        ]
    )
    func validityRange(settings: String) {
        #expect(throws: ClientSettingsFailure.tokenValidityOutOfRange) { try makeClient(settings) }
    }

    @Test(
        "settings that don't go together",
        arguments: [
            (
                #""ExplicitAuthFlows":["ALLOW_USER_SRP_AUTH","USER_PASSWORD_AUTH"]"#, .mixedFlowNames
            ),
            (
                #""AllowedOAuthFlows":["client_credentials","code"]"#, .clientCredentialsBesideOtherFlows
            ),
            (
                #""AllowedOAuthFlows":["client_credentials"]"#, .clientCredentialsWithoutSecret
            ),
            (
                #""DefaultRedirectURI":"https://a","CallbackURLs":["https://b"]"#, .redirectNotACallback("https://a")
            ),
            (
                #""DefaultRedirectURI":"https://a""#, .redirectNotACallback("https://a")
            ),
            (#""AllowedOAuthFlowsUserPoolClient":true"#, .oauthWithoutFlowsOrScopes),
            (
                #""AllowedOAuthFlowsUserPoolClient":true,"AllowedOAuthFlows":["code"],"CallbackURLs":["https://a"]"#,
                .oauthWithoutFlowsOrScopes
            ),
            (
                #""AllowedOAuthFlowsUserPoolClient":true,"AllowedOAuthScopes":["openid"]"#, .oauthWithoutFlowsOrScopes
            ),
            (
                #""AllowedOAuthFlowsUserPoolClient":true,"AllowedOAuthFlows":["code"],"AllowedOAuthScopes":["openid"]"#,
                .callbackMissing
            ),
            (#""AllowedOAuthFlows":["implicit"]"#, .callbackMissing),
            (#""CallbackURLs":["https://a","http://b"]"#, .redirectWithoutTLS("http://b")),
            (#""CallbackURLs":["https://a#b"]"#, .redirectHasFragment("https://a#b")),
            (#""LogoutURLs":["HTTP://b"]"#, .redirectWithoutTLS("HTTP://b")),
            (#""LogoutURLs":["https://a#"]"#, .redirectHasFragment("https://a#")),
            (#""CallbackURLs":["http://localhost.b"]"#, .redirectWithoutTLS("http://localhost.b")),
            (#""CallbackURLs":["http://localhost:1@b/"]"#, .redirectWithoutTLS("http://localhost:1@b/")),
            (#""CallbackURLs":["http://localhost@b/"]"#, .redirectWithoutTLS("http://localhost@b/")),
            (
                #""RefreshTokenRotation":{"Feature":"ENABLED"},"ExplicitAuthFlows":["ALLOW_REFRESH_TOKEN_AUTH"]"#,
                .rotationBesideRefreshFlow
            ),
        ] as [(String, ClientSettingsFailure)]
    )
    func conflicts(settings: String, failure: ClientSettingsFailure) {
        #expect(throws: failure) { try makeClient(settings) }
    }

    @Test(
        "settings that go together",
        arguments: [
            #""CallbackURLs":["https://a","myapp://b","http://localhost","http://localhost:3000/c","http://127.0.0.1?d"]"#,
            #""LogoutURLs":["http://[::1]:8080/","http://LOCALHOST/"]"#,
            #""RefreshTokenRotation":{"Feature":"ENABLED"},"ExplicitAuthFlows":["ALLOW_USER_SRP_AUTH"]"#,
            #""RefreshTokenRotation":{"Feature":"DISABLED"},"ExplicitAuthFlows":["ALLOW_REFRESH_TOKEN_AUTH"]"#,
            #""RefreshTokenRotation":{"Feature":"ENABLED"}"#,
        ]
    )
    func accepted(settings: String) {
        #expect(throws: Never.self) { try makeClient(settings) }
    }

    @Test("choice-based sign-in needs a better tier than LITE")
    func tier() throws {
        let lite = try makePool(#""UserPoolTier":"LITE""#)
        #expect(throws: ClientSettingsFailure.choiceBasedSignInUnavailable) {
            try makeClient(#""ExplicitAuthFlows":["ALLOW_USER_AUTH"]"#, in: lite)
        }
    }

    @Test("what a client is without settings")
    func defaults() throws {
        let client = try makeClient()
        #expect(client.configuration.refreshTokenValidity == 30)
        #expect(client.configuration.allowedOAuthFlowsUserPoolClient == false)
        #expect(client.allowsRevocation && !client.preventsUserExistenceErrors)
        #expect(client.authSessionValidity == 180)
        #expect(client.rotationGracePeriod == nil)
    }

    @Test(
        "the rotation's grace period",
        arguments: [
            (#"{"Feature":"ENABLED"}"#, 0), (#"{"Feature":"ENABLED","RetryGracePeriodSeconds":60}"#, 60),
            (#"{"Feature":"DISABLED","RetryGracePeriodSeconds":60}"#, nil),
        ] as [(String, Int64?)]
    )
    func rotation(settings: String, seconds: Int64?) throws {
        #expect(try makeClient(#""RefreshTokenRotation":\#(settings)"#).rotationGracePeriod == seconds)
    }

    @Test(
        "lists of attributes are held against the schema",
        arguments: [
            (#""ReadAttributes":["email","custom:a"]"#, nil),
            (#""ReadAttributes":["custom:x"]"#, .unreadableAttributes(while: .creating)),
            (#""ReadAttributes":["sub","email_verified"]"#, nil), (#""WriteAttributes":["email","name"]"#, nil),
            (#""WriteAttributes":["name"]"#, .unwritableAttributes(while: .creating)),
            (#""WriteAttributes":["email","sub"]"#, .unwritableAttributes(while: .creating)),
            (#""WriteAttributes":["email","email_verified"]"#, .unwritableAttributes(while: .creating)),
            (#""WriteAttributes":["email","custom:x"]"#, .unwritableAttributes(while: .creating)), ("", nil),
        ] as [(String, ClientSettingsFailure?)]
    )
    func attributeLists(settings: String, expected: ClientSettingsFailure?) throws {
        let schema = #""Schema":[{"Name":"email","Required":true},{"Name":"a","AttributeDataType":"String"}]"#
        let pool = try makePool(schema)
        let configuration = try makeClient(settings, in: pool).configuration
        let failure = failure(of: ClientSettingsFailure.self) {
            try configuration.checkAttributes(in: pool, while: .creating)
        }
        #expect(failure == expected)
    }
}
