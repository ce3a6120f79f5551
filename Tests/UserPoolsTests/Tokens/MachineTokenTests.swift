import CognitoModel
import Database
import DatabaseTestSupport
import Server
import Storage
import Testing
import UserPools

/// GetClientToken.
@Suite struct ClientTokenTests {
    static let scopes = ["https://api.test/read", "https://api.test/write"]
    static let machine: Members = [
        "GenerateSecret": true, "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"],
        "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["client_credentials"],
        "AllowedOAuthScopes": scopes,
    ]

    @Test("a client that proves its secret gets a token of its own", arguments: [nil, [scopes[1]]] as [[String]?])
    func good(asked: [String]?) async throws {
        try await Cognito.run { cognito in
            try await cognito.addResourceServer()
            let client = try await cognito.makeClient(Self.machine)
            let input: Members = ["ClientId": client.id, "Secret": client.secret, "Scopes": asked]
            let answer = await cognito.call(GetClientToken.self, input, from: .unsigned)
            #expect(answer.string("ClientAuthenticationResult.TokenType") == "Bearer")
            #expect(answer["ClientAuthenticationResult.ExpiresIn"] == .integer(3600))
            let claims = try cognito.claims(try answer.text("ClientAuthenticationResult.AccessToken"))
            #expect(claims["sub"] == .string(client.id) && claims["client_id"] == .string(client.id))
            #expect(claims["token_use"] == .string("access") && claims["version"] == .integer(2))
            #expect(claims["scope"] == .string((asked ?? Self.scopes).joined(separator: " ")))
            #expect(claims["exp"]?.integerValue == cognito.clock.now.seconds + 3600)
            #expect(claims["username"] == nil && claims["event_id"] == nil && claims["origin_jti"] == nil)
            // It is no user's.
            let token = try answer.text("ClientAuthenticationResult.AccessToken")
            #expect(await cognito.call(GetUser.self, ["AccessToken": token]).refusal == .invalidAccessToken)
        }
    }

    @Test("the second token of the same scopes takes no statement")
    func keptScopes() async throws {
        try await Cognito.run { cognito in
            try await cognito.addResourceServer()
            let client = try await cognito.makeClient(Self.machine)
            let input: Members = ["ClientId": client.id, "Secret": client.secret]
            try await cognito.ok(GetClientToken.self, input, from: .unsigned)
            let before = cognito.application.store.database.statistics.statements
            try await cognito.ok(GetClientToken.self, input, from: .unsigned)
            #expect(cognito.application.store.database.statistics.statements == before)
        }
    }

    @Test("without the flow, the secret or the scope there is none")
    func refused() async throws {
        try await Cognito.run(client: ["GenerateSecret": true]) { cognito in
            try await cognito.addResourceServer()
            let other: Members = ["ClientId": cognito.client.id, "Secret": cognito.client.secret]
            #expect(
                await cognito.call(GetClientToken.self, other).refusal
                    == .invalid("ALLOW_CLIENT_TOKEN_AUTH flow not enabled for this client")
            )
            let client = try await cognito.makeClient(Self.machine)
            let wrong: Members = ["ClientId": client.id, "Secret": String(repeating: "0", count: 51)]
            #expect(await cognito.call(GetClientToken.self, wrong).refusal == .secretWrong(client.id))
            for scope in ["https://api.test/delete", "openid"] {
                let input: Members = ["ClientId": client.id, "Secret": client.secret, "Scopes": [scope]]
                let refusal = await cognito.call(GetClientToken.self, input).refusal
                #expect(refusal == .invalid("Invalid scope requested: \(scope)"))
            }
            let open = try await cognito.makeClient(["ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"]])
            let none: Members = ["ClientId": open.id, "Secret": String(repeating: "0", count: 51)]
            #expect(
                await cognito.call(GetClientToken.self, none).refusal
                    == .invalid("User pool client \(open.id) does not have a client secret.")
            )
        }
    }

    @Test("the flow stands alone")
    func alone() async throws {
        try await Cognito.run { cognito in
            let flows = ["ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
            let input: Members = ["UserPoolId": cognito.pool, "ClientName": "c", "ExplicitAuthFlows": flows]
            let refusal = await cognito.call(CreateUserPoolClient.self, input).refusal
            #expect(refusal == .invalid("ALLOW_CLIENT_TOKEN_AUTH must be the only ExplicitAuthFlow."))
        }
    }
}

/// GetDerivedToken.
@Suite struct DerivedTokenTests {
    static let exchanging: Members = [
        "GenerateSecret": true, "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthScopes": ["https://api.test/read"],
        "ExplicitAuthFlows": ["ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION"],
    ]

    @Test("a user's token becomes one for a service", arguments: ["ACCESS_TOKEN", "ID_TOKEN"], [nil, "ID_TOKEN"])
    func impersonation(type: String, requested: String?) async throws {
        try await Cognito.run { cognito in
            try await cognito.addResourceServer()
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            let client = try await cognito.makeClient(Self.exchanging)
            cognito.clock.advance(.seconds(100))
            let subject = type == "ACCESS_TOKEN" ? tokens.access : tokens.id
            let answer = await derive(
                cognito,
                client,
                subject,
                type,
                ["Resources": ["https://api.test"], "RequestedTokenType": requested]
            )
            let isAccess = requested == nil
            #expect(answer.string("IssuedTokenType") == (requested ?? "ACCESS_TOKEN"))
            #expect(answer.string("TokenType") == (isAccess ? "Bearer" : "N_A"))
            // No longer than the token that it was got for.
            #expect(answer["ExpiresIn"] == .integer(3500))
            let claims = try cognito.claims(try answer.text("IssuedToken"))
            let before = try cognito.claims(tokens.access)
            for claim in ["sub", "iss", "origin_jti", "event_id", "auth_time"] {
                #expect(claims[claim] == before[claim], "\(claim)")
            }
            #expect(claims["aud"] == .string("https://api.test") && claims["act"] == nil)
            #expect(claims["iat"]?.integerValue == cognito.clock.now.seconds)
            #expect(claims["client_id"] == (isAccess ? .string(client.id) : nil))
            #expect(claims["email"] == (isAccess ? nil : .string("ada@example.com")))
            #expect(claims[isAccess ? "username" : "cognito:username"] == .string("ada"))
            guard isAccess else { return }
            // A service mustn't change the user.
            #expect(claims["scope"] == .string(""))
            let token = try answer.text("IssuedToken")
            #expect(await cognito.call(GetUser.self, ["AccessToken": token]).refusal?.code == "NotAuthorizedException")
            let other = await derive(cognito, client, token, "ACCESS_TOKEN", ["Audiences": ["another"]])
            #expect(other.refusal == .invalid("SubjectToken is for another audience."))
            let again = await derive(cognito, client, token, "ACCESS_TOKEN")
            #expect(try cognito.claims(try again.text("IssuedToken"))["aud"] == .string("https://api.test"))
        }
    }

    @Test("an ID token for another app of the pool is nobody's to get")
    func anotherApp() async throws {
        try await Cognito.run { cognito in
            try await cognito.addResourceServer()
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            let client = try await cognito.makeClient(Self.exchanging)
            let asked: Members = ["Audiences": [cognito.client.id], "RequestedTokenType": "ID_TOKEN"]
            let answer = await derive(cognito, client, tokens.access, "ACCESS_TOKEN", asked)
            #expect(answer.refusal == .invalid("SubjectToken is for another audience."))
            let own = asked.with(["Audiences": [client.id]])
            let issued = await derive(cognito, client, tokens.access, "ACCESS_TOKEN", own)
            #expect(try cognito.claims(try issued.text("IssuedToken"))["aud"] == .string(client.id))
        }
    }

    @Test("the tokens of a client that is gone can't be exchanged")
    func deletedClient() async throws {
        try await Cognito.run { cognito in
            try await cognito.addResourceServer()
            try await cognito.addUser()
            let access = try await cognito.signedIn().access
            let client = try await cognito.makeClient(Self.exchanging)
            let gone: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
            try await cognito.ok(DeleteUserPoolClient.self, gone)
            #expect(await derive(cognito, client, access, "ACCESS_TOKEN").refusal == .invalidAccessToken)
        }
    }

    @Test("who acts for the user is told, and who acted before", arguments: TestEngine.allCases)
    func delegation(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addResourceServer()
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            let client = try await cognito.makeClient(Self.exchanging)
            let machine = try await cognito.makeClient(ClientTokenTests.machine)
            let own: Members = ["ClientId": machine.id, "Secret": machine.secret]
            let actor = try await cognito.ok(GetClientToken.self, own)
                .text("ClientAuthenticationResult.AccessToken")
            let acting: Members = ["ActorToken": actor, "ActorTokenType": "ACCESS_TOKEN"]
            let first = try await derive(cognito, client, tokens.access, "ACCESS_TOKEN", acting).text("IssuedToken")
            let act: [String: JSONValue] = ["sub": .string(machine.id), "client_id": .string(machine.id)]
            #expect(try cognito.claims(first)["act"] == .object(act))
            let second = try await derive(cognito, client, first, "ACCESS_TOKEN", acting).text("IssuedToken")
            let nested = act.merging(["act": .object(act)]) { _, new in new }
            #expect(try cognito.claims(second)["act"] == .object(nested))
            let untyped = await derive(cognito, client, tokens.access, "ACCESS_TOKEN", ["ActorToken": actor])
            #expect(untyped.refusal == .missing("ActorTokenType"))
        }
    }

    @Test("of the scopes that are asked for those are given that both have")
    func scopes() async throws {
        try await Cognito.run { cognito in
            try await cognito.addResourceServer()
            let machine = try await cognito.makeClient(ClientTokenTests.machine)
            let client = try await cognito.makeClient(Self.exchanging)
            let own: Members = ["ClientId": machine.id, "Secret": machine.secret]
            let subject = try await cognito.ok(GetClientToken.self, own)
                .text("ClientAuthenticationResult.AccessToken")
            let asked: Members = ["Scopes": ClientTokenTests.scopes + ["openid"]]
            let answer = await derive(cognito, client, subject, "ACCESS_TOKEN", asked)
            #expect(answer.list("Scopes") == [.string("https://api.test/read")])
            let plain = await derive(cognito, client, subject, "ACCESS_TOKEN")
            #expect(plain.list("Scopes") == ClientTokenTests.scopes.map(JSONValue.string))
        }
    }

    @Test("a sign-in that was ended is worth no token, nor is a user who is gone")
    func ended() async throws {
        try await Cognito.run { cognito in
            let client = try await cognito.makeClient(Self.exchanging.with(["AllowedOAuthScopes": ["openid"]]))
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            try await cognito.ok(GlobalSignOut.self, ["AccessToken": tokens.access])
            #expect(await derive(cognito, client, tokens.id, "ID_TOKEN").refusal == .accessTokenRevoked)
            let fresh = try await cognito.signedIn()
            try await cognito.ok(AdminDeleteUser.self, cognito.named())
            #expect(await derive(cognito, client, fresh.access, "ACCESS_TOKEN").refusal == .noUser)
        }
    }

    @Test("what can't be exchanged")
    func refused() async throws {
        try await Cognito.run { cognito in
            let client = try await cognito.makeClient(Self.exchanging.with(["AllowedOAuthScopes": ["openid"]]))
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            let foreign = Refusal.invalid("Only access and ID tokens of the user pool can be exchanged.")
            let invalidID = Refusal.notAuthorized("Invalid ID Token")
            #expect(await derive(cognito, client, tokens.access, "SAML2").refusal == foreign)
            let named: Members = ["SubjectTokenProviderName": "Corp"]
            #expect(await derive(cognito, client, tokens.access, "ACCESS_TOKEN", named).refusal == foreign)
            #expect(await derive(cognito, client, tokens.access, "ID_TOKEN").refusal == invalidID)
            #expect(await derive(cognito, client, tokens.id, "ACCESS_TOKEN").refusal == .invalidAccessToken)
            let forged = try await cognito.forged(tokens.access, [:], withKeyOf: nil)
            #expect(await derive(cognito, client, forged, "ACCESS_TOKEN").refusal == .invalidAccessToken)
            let both: Members = ["Audiences": ["a"], "Resources": ["https://api.test"]]
            #expect(
                await derive(cognito, client, tokens.access, "ACCESS_TOKEN", both).refusal
                    == .invalid("You can't request both Audiences and Resources.")
            )
            let nowhere: Members = ["Resources": ["https://api.test"]]
            #expect(
                await derive(cognito, client, tokens.access, "ACCESS_TOKEN", nowhere).refusal
                    == Refusal("ResourceNotFoundException", "Resource server https://api.test does not exist.")
            )
            let stranger = TestClient(id: client.id, pool: client.pool, secret: String(repeating: "0", count: 51))
            #expect(
                await derive(cognito, stranger, tokens.access, "ACCESS_TOKEN").refusal == .secretWrong(client.id)
            )
            #expect(
                await derive(cognito, cognito.client, tokens.access, "ACCESS_TOKEN").refusal
                    == .invalid("ALLOW_TOKEN_EXCHANGE_IMPERSONATION flow not enabled for this client")
            )
            cognito.clock.advance(.hours(1))
            #expect(await derive(cognito, client, tokens.access, "ACCESS_TOKEN").refusal == .accessTokenExpired)
            #expect(
                await derive(cognito, client, tokens.id, "ID_TOKEN").refusal == .notAuthorized("ID Token has expired")
            )
        }
    }

    private func derive(
        _ cognito: Cognito,
        _ client: TestClient,
        _ subject: String,
        _ type: String,
        _ more: Members = [:]
    ) async -> Answer {
        let input: Members = [
            "ClientId": client.id, "ClientSecret": client.secret, "SubjectToken": subject, "SubjectTokenType": type,
        ]
        return await cognito.call(GetDerivedToken.self, input.with(more), from: .unsigned)
    }
}
