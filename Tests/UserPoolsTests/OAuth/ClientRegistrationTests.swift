import CognitoModel
import Domain
import HTTPTransport
import Testing
import UserPools

/// `/oauth2/register`.
@Suite struct ClientRegistrationTests {
    private func register(
        _ cognito: Cognito,
        _ metadata: Members,
        token: String? = nil,
        pool: String? = nil,
        address: String = "192.0.2.1"
    ) async -> WebAnswer {
        var headers: HTTPHeaders = ["Host": Cognito.plainHost, "Content-Type": "application/json"]
        if let token { headers.append("Authorization", "Bearer \(token)") }
        let request = HTTPRequest(
            method: "POST",
            path: "/oauth2/register",
            query: "user_pool_id=\(pool ?? cognito.pool)",
            headers: headers,
            body: metadata.json?.jsonBytes ?? [],
            remoteAddress: address
        )
        return await cognito.send(request)
    }

    private static let app: Members = ["redirect_uris": [Cognito.appCallback], "client_name": "My (new) app"]

    @Test("a client registers where the pool is open, and users sign in to it")
    func open() async throws {
        try await Cognito.run(pool: ["DcrConfiguration": ["OpenDcrEnabled": true] as Members]) { cognito in
            try await cognito.addUser()
            let answer = await register(cognito, Self.app)
            #expect(answer.status == 201)
            #expect(answer.string("client_name") == "My -new- app")
            #expect(answer.string("scope") == "openid email phone profile")
            #expect(answer.json?["client_secret_expires_at"] == .integer(0))
            #expect(answer.json?["client_id_issued_at"]?.integerValue == cognito.clock.now.seconds)
            #expect(answer.json?["grant_types"] == .array([.string("authorization_code"), .string("refresh_token")]))
            let client = TestClient(
                id: try answer.required("client_id"),
                pool: cognito.pool,
                secret: try answer.required("client_secret")
            )
            // Whoever has registered a client gets nothing of a user who is signed in to another.
            let cookie = try await cognito.browserSession(client: cognito.client)
            let asked = await cognito.authorize(client, ["scope": "openid"], cookie: cookie)
            #expect(asked.status == 302 && asked.location.contains("/login?"))
            let named: Members = ["UserPoolId": cognito.pool, "ClientId": client.id]
            let described = try await cognito.ok(DescribeUserPoolClient.self, named)
            #expect(described.string("UserPoolClient.ClientType") == "DCR")
            // Its users sign in at the pages alone.
            let flow: Members = ["USERNAME": "ada", "PASSWORD": Cognito.password]
            let input: Members = ["ClientId": client.id, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": flow]
            #expect(await cognito.call(InitiateAuth.self, input).refusal != nil)
            #expect(
                await cognito.call(AddUserPoolClientSecret.self, named).refusal?.code == "InvalidParameterException"
            )

            let open = await register(cognito, Self.app.with(["token_endpoint_auth_method": "none"]))
            #expect(open.status == 201 && open.string("client_secret") == nil)
            let unknown = TestClient(id: try open.required("client_id"), pool: cognito.pool, secret: nil)
            let bare = await cognito.authorize(unknown, ["scope": "openid"])
            #expect(bare.parameters["error"] == "invalid_request")
            let challenge = String(repeating: "A", count: 43)
            let proven = await cognito.authorize(
                unknown,
                ["code_challenge": challenge, "code_challenge_method": "S256"]
            )
            #expect(proven.location.contains("/login?"))
        }
    }

    @Test("metadata that a client can't have")
    func refused() async throws {
        try await Cognito.run(pool: ["DcrConfiguration": ["OpenDcrEnabled": true] as Members]) { cognito in
            for uri in [
                "javascript://x", "data:text/html,x", "/callback", "https://a.test/#f", "http://a.test/", "https://",
                "javascript:alert(document.domain)//x://y", "JAVASCRIPT:1//a://b", "data:text/html,<script>//://x",
                "x\"><script>://y", "filesystem://x", "intent://x", "view-source://x", "livescript://x", "https:///x",
                "1app://x", "app:/x", "app:x", "://x", "a b://x", "app://", "JavaScript://x",
            ] {
                let answer = await register(cognito, ["redirect_uris": [uri]])
                #expect(answer.status == 400 && answer.error == "invalid_redirect_uri", "\(uri)")
            }
            #expect(await register(cognito, [:]).error == "invalid_redirect_uri")
            let invalid: [Members] = [
                ["grant_types": ["password"]], ["grant_types": ["client_credentials"]], ["grant_types": ["implicit"]],
                ["response_types": ["token"]], ["token_endpoint_auth_method": "private_key_jwt"],
                ["scope": "openid aws.cognito/dcr/register"], ["scope": "aws.cognito.signin.user.admin"],
                ["grant_types": "authorization_code"], ["client_name": 1],
            ]
            for (number, metadata) in invalid.enumerated() {
                let answer = await register(cognito, Self.app.with(metadata), address: "192.0.2.\(number + 10)")
                #expect(answer.status == 400 && answer.error == "invalid_client_metadata", "\(metadata)")
            }
        }
    }

    @Test("a client that asks for no scopes gets none by which users change themselves")
    func unaskedScopes() async throws {
        let policy: Members = ["OpenDcrEnabled": true, "AllowedScopes": ["aws.cognito.signin.user.admin"]]
        try await Cognito.run(pool: ["DcrConfiguration": policy]) { cognito in
            #expect(await register(cognito, Self.app).string("scope") == "openid email phone profile")
            let asking = Self.app.with(["scope": "openid aws.cognito.signin.user.admin"])
            #expect(await register(cognito, asking).string("scope") == "openid aws.cognito.signin.user.admin")
        }
    }

    @Test("registering without a token is bounded for an address, and for the pool")
    func bounded() async throws {
        try await Cognito.run(pool: ["DcrConfiguration": ["OpenDcrEnabled": true] as Members]) { cognito in
            for _ in 0..<20 { #expect(await register(cognito, Self.app).status == 201) }
            let over = await register(cognito, Self.app)
            #expect(over.status == 429 && over.error == "temporarily_unavailable")
            #expect(await register(cognito, Self.app, address: "192.0.2.2").status == 201)
            cognito.clock.advance(.hours(1))
            #expect(await register(cognito, Self.app).status == 201)
        }
    }

    @Test("where the pool isn't open, a token of its own client lets one register")
    func token() async throws {
        let scopes = ["AllowedScopes": ["https://api.test/read"], "EnableStatus": "Enabled"] as Members
        try await Cognito.run(pool: ["DcrConfiguration": scopes]) { cognito in
            try await cognito.addResourceServer()
            let without = await register(cognito, Self.app)
            #expect(without.status == 401 && without.headers["WWW-Authenticate"] == "Bearer")
            func token(_ scope: String) async throws -> String {
                let settings: Members = [
                    "GenerateSecret": true, "AllowedOAuthFlowsUserPoolClient": true,
                    "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": [scope],
                ]
                let client = try await cognito.makeClient(settings)
                return try await cognito.token(client, "client_credentials").required("access_token")
            }
            let initial = try await token(RegistrationPolicy.scope)
            #expect(await register(cognito, Self.app, token: initial).status == 201)
            let machine: Members = ["grant_types": ["client_credentials"]]
            let made = await register(cognito, machine, token: initial)
            #expect(made.status == 201 && made.string("scope") == "https://api.test/read")
            let client = TestClient(
                id: try made.required("client_id"),
                pool: cognito.pool,
                secret: try made.required("client_secret")
            )
            #expect(await cognito.token(client, "client_credentials").status == 200)

            let other = await register(cognito, Self.app, token: try await token("https://api.test/read"))
            #expect(other.status == 403 && other.error == "insufficient_scope")
            for text in ["x", try await cognito.forged(initial, [:], withKeyOf: nil)] {
                let answer = await register(cognito, Self.app, token: text)
                #expect(answer.status == 401 && answer.error == "invalid_token")
            }
            cognito.clock.advance(.hours(1))
            #expect(await register(cognito, Self.app, token: initial).status == 401)
        }
    }

    @Test("a pool that isn't configured for it, or is LITE, registers nobody")
    func closed() async throws {
        let off: Members = ["EnableStatus": "Disabled", "OpenDcrEnabled": true]
        let lite: Members = ["DcrConfiguration": ["OpenDcrEnabled": true] as Members, "UserPoolTier": "LITE"]
        let none: Members = ["DcrConfiguration": ["OpenDcrEnabled": true, "OpenDcrGrantTypes": [String]()] as Members]
        for (settings, status) in [([:], 403), (["DcrConfiguration": off], 403), (lite, 403), (none, 400)]
            as [(Members, Int)]
        {
            // Not in every tier is every flow.
            let client: Members = ["ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]]
            try await Cognito.run(pool: settings, client: client) { cognito in
                #expect(await register(cognito, Self.app).status == status)
                let nowhere = await register(cognito, Self.app, pool: "us-east-1_Nowhere00")
                #expect(nowhere.status == 400 && nowhere.error == "invalid_request")
            }
        }
    }
}
