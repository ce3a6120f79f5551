import CognitoModel
import Testing
import UserPools

/// What CreateUserPoolClient and UpdateUserPoolClient refuse.
@Suite struct ClientSettingsTests {
    static let validity = Refusal.invalid("Invalid range for token validity.")
    static let mixed = Refusal.invalid("You can not mix ExplicitAuthFlows with and without the prefix ALLOW_.")

    static let settings: [(Members, Refusal)] = [
        (["ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"]], mixed),
        (["AccessTokenValidity": 299, "TokenValidityUnits": ["AccessToken": "seconds"]], validity),
        (["AccessTokenValidity": 25], validity),
        (["IdTokenValidity": 4, "TokenValidityUnits": ["IdToken": "minutes"]], validity),
        (["IdTokenValidity": 2, "TokenValidityUnits": ["IdToken": "days"]], validity),
        (["RefreshTokenValidity": 59, "TokenValidityUnits": ["RefreshToken": "minutes"]], validity),
        (["RefreshTokenValidity": 3651], validity),
        (
            ["SupportedIdentityProviders": ["COGNITO", "Google"]],
            .invalid("The provider Google does not exist for User Pool POOL.")
        ),
        (
            ["AllowedOAuthFlows": ["client_credentials", "code"]],
            Refusal(
                "InvalidOAuthFlowException",
                "client_credentials flow can not be selected along with code flow or implicit flow."
            )
        ),
        (
            ["AllowedOAuthFlows": ["client_credentials"]],
            Refusal(
                "InvalidOAuthFlowException",
                "client_credentials flow can not be selected if client does not have a client secret."
            )
        ),
        (
            ["AllowedOAuthScopes": ["openid", "api/read"]],
            Refusal("ScopeDoesNotExistException", "Invalid scope requested: api/read")
        ),
        (
            ["CallbackURLs": ["https://a.test"], "DefaultRedirectURI": "https://b.test"],
            .invalid("https://b.test is not one of the CallbackURLs.")
        ),
        (
            [
                "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
                "CallbackURLs": ["https://a.test"],
            ],
            .invalid(
                "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows."
            )
        ),
        (
            ["AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"]],
            Refusal(
                "InvalidOAuthFlowException",
                "CallbackUrls can not be empty when code flow or implicit flow is selected"
            )
        ),
        (["CallbackURLs": ["http://a.test"]], .invalid("http://a.test cannot use the HTTP protocol.")),
        (["LogoutURLs": ["https://a.test/#b"]], .invalid("https://a.test/#b cannot use fragment")),
        (
            [
                "RefreshTokenRotation": ["Feature": "ENABLED"],
                "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            ],
            .invalid(
                "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled."
            )
        ),
        (["ReadAttributes": ["shoe"]], .invalid("Invalid read attributes specified while CHANGE a client")),
        (["WriteAttributes": ["name", "shoe"]], .invalid("Invalid write attributes specified while CHANGE a client")),
        (["WriteAttributes": ["name", "sub"]], .invalid("Invalid write attributes specified while CHANGE a client")),
        (
            ["WriteAttributes": ["name", "email_verified"]],
            .invalid("Invalid write attributes specified while CHANGE a client")
        ),
        // A required attribute must be writable.
        (["WriteAttributes": ["email"]], .invalid("Invalid write attributes specified while CHANGE a client")),
    ]

    @Test("settings that a client can't have", arguments: settings)
    func refused(settings: Members, refusal: Refusal) async throws {
        let schema: [Members] = [["Name": "name", "Required": true]]
        try await Cognito.run(pool: ["Schema": schema]) { cognito in
            func expected(_ change: String) -> Refusal {
                let message = refusal.message.replacing("POOL.", with: "\(cognito.pool).").replacing(
                    "CHANGE",
                    with: change
                )
                return Refusal(refusal.code, message)
            }
            let named: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
            let before = try await cognito.ok(DescribeUserPoolClient.self, named)
            let new: Members = ["UserPoolId": cognito.pool, "ClientName": "c"]
            let created = await cognito.call(CreateUserPoolClient.self, new.with(settings))
            #expect(created.refusal == expected("creating"))
            let updated = await cognito.call(UpdateUserPoolClient.self, named.with(settings))
            #expect(updated.refusal == expected("updating"))
            let after = try await cognito.ok(DescribeUserPoolClient.self, named)
            #expect(after.json == before.json)
        }
    }

    @Test("the bounds of validity are within it")
    func bounds() async throws {
        let bounds: [Members] = [
            ["AccessTokenValidity": 5, "TokenValidityUnits": ["AccessToken": "minutes"]], ["AccessTokenValidity": 24],
            ["IdTokenValidity": 300, "TokenValidityUnits": ["IdToken": "seconds"]], ["IdTokenValidity": 24],
            ["RefreshTokenValidity": 60, "TokenValidityUnits": ["RefreshToken": "minutes"]],
            ["RefreshTokenValidity": 3650],
        ]
        try await Cognito.run { cognito in
            for settings in bounds { _ = try await cognito.makeClient(settings) }
        }
    }

    @Test("a pool of the LITE tier has no choice-based sign-in")
    func tier() async throws {
        try await Cognito.run(
            pool: ["UserPoolTier": "LITE"],
            client: ["ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]]
        ) { cognito in
            let message = "ALLOW_USER_AUTH is not available in the LITE tier."
            let refusal = Refusal("FeatureUnavailableInTierException", message)
            let new: Members = [
                "UserPoolId": cognito.pool, "ClientName": "c", "ExplicitAuthFlows": ["ALLOW_USER_AUTH"],
            ]
            #expect(await cognito.call(CreateUserPoolClient.self, new).refusal == refusal)
        }
    }

    @Test("an ID token says what the client may read, and is good as long as it says")
    func idToken() async throws {
        let settings: Members = [
            "ReadAttributes": ["email", "email_verified"], "IdTokenValidity": 2, "AccessTokenValidity": 3,
        ]
        try await Cognito.run(client: settings) { cognito in
            try await cognito.addUser()
            try await cognito.setAttributes(["name": "Ada"])
            let tokens = try await cognito.signedIn()
            let (id, access) = (try cognito.claims(tokens.id), try cognito.claims(tokens.access))
            #expect(id["email"] == .string("ada@example.com") && id["name"] == nil)
            let now = cognito.clock.now.seconds
            #expect(id["exp"]?.integerValue == now + 7200 && access["exp"]?.integerValue == now + 10_800)
        }
    }
}
