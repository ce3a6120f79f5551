import CognitoModel
import Database
import DatabaseTestSupport
import Server
import Storage
import Testing
import UserPools

/// client_credentials and token exchange.
@Suite struct MachineGrantTests {
    static let scopes = ["https://api.test/read", "https://api.test/write"]
    static let machine: Members = [
        "GenerateSecret": true, "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["client_credentials"],
        "AllowedOAuthScopes": scopes,
    ]

    @Test("a client gets a token of its own", arguments: [nil, "https://api.test/write"])
    func own(scope: String?) async throws {
        try await Cognito.run { cognito in
            try await cognito.addResourceServer()
            let client = try await cognito.makeClient(Self.machine)
            let metadata = #"{"a":"b"}"#
            let answer = await cognito.token(
                client,
                "client_credentials",
                ["scope": scope, "aws_client_metadata": metadata]
            )
            let access = try answer.required("access_token")
            #expect(answer.text == #"{"access_token":"\#(access)","expires_in":3600,"token_type":"Bearer"}"#)
            let claims = try cognito.claims(access)
            #expect(claims["sub"] == .string(client.id) && claims["client_id"] == .string(client.id))
            #expect(claims["scope"] == .string(scope ?? Self.scopes.joined(separator: " ")))
            #expect(claims["username"] == nil && claims["origin_jti"] == nil)
        }
    }

    @Test("a scope that isn't there is another fault than one that isn't the client's", arguments: TestEngine.allCases)
    func scopes(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addResourceServer()
            try await cognito.addResourceServer("https://gone.test")
            let own: Members = ["AllowedOAuthScopes": ["https://api.test/read", "https://gone.test/read"]]
            let client = try await cognito.makeClient(Self.machine.with(own))
            func ask(_ scope: String?) async -> WebAnswer {
                await cognito.token(client, "client_credentials", ["scope": scope])
            }
            #expect(await ask("https://gone.test/read").status == 200)
            let gone: Members = ["UserPoolId": cognito.pool, "Identifier": "https://gone.test"]
            try await cognito.ok(DeleteResourceServer.self, gone)
            for scope in ["https://api.test/delete", "https://nowhere.test/read", "nonsense", "https://gone.test/read"]
            {
                #expect(await ask(scope).text == #"{"error":"invalid_scope"}"#, "\(scope)")
                #expect(await ask("https://api.test/read \(scope)").error == "invalid_scope")
            }
            for scope in ["https://api.test/write", "openid"] {
                #expect(await ask(scope).text == #"{"error":"invalid_grant"}"#, "\(scope)")
            }
            // What is there no more is left out where nothing is asked for.
            let claims = try cognito.claims(try await ask(nil).required("access_token"))
            #expect(claims["scope"] == .string("https://api.test/read"))
        }
    }

    @Test("scopes are kept with the pool, until another has changed them", arguments: TestEngine.allCases)
    func keptScopes(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addResourceServer()
            let client = try await cognito.makeClient(Self.machine)
            func scope() async throws -> JSONValue? {
                let token = try await cognito.token(client, "client_credentials").required("access_token")
                return try cognito.claims(token)["scope"]
            }
            #expect(try await scope() == .string(Self.scopes.joined(separator: " ")))
            let database = cognito.application.store.database
            let before = database.statistics.statements
            _ = try await scope()
            #expect(database.statistics.statements == before)
            let fewer: Members = [
                "UserPoolId": cognito.pool, "Identifier": "https://api.test", "Name": "API",
                "Scopes": [["ScopeName": "write", "ScopeDescription": "write"]],
            ]
            try await cognito.ok(UpdateResourceServer.self, fewer)
            #expect(try await scope() == .string("https://api.test/write"))
        }
    }

    @Test("a client without the grant, or without a secret, gets none")
    func refused() async throws {
        try await Cognito.run { cognito in
            let client = try await cognito.makeWebClient(["GenerateSecret": true])
            #expect(await cognito.token(client, "client_credentials").error == "invalid_grant")
            let open = try await cognito.makeWebClient()
            #expect(await cognito.token(open, "client_credentials").error == "invalid_grant")
        }
    }

    private static let exchange = "urn:ietf:params:oauth:grant-type:token-exchange"
    private static let type = "urn:ietf:params:oauth:token-type:"

    @Test("a user's token becomes one for a service")
    func exchanged() async throws {
        try await Cognito.run { cognito in
            try await cognito.addResourceServer()
            try await cognito.addUser()
            let subject = try await cognito.signedIn().access
            let flows = ["ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION"]
            let client = try await cognito.makeClient(Self.machine.with(["ExplicitAuthFlows": flows]))
            let answer = await cognito.token(
                client,
                Self.exchange,
                [
                    "subject_token": subject, "subject_token_type": Self.type + "access_token",
                    "resource": "https://api.test",
                ]
            )
            #expect(answer.status == 200 && answer.string("issued_token_type") == Self.type + "access_token")
            #expect(answer.string("token_type") == "Bearer" && answer.string("scope") == "")
            let claims = try cognito.claims(try answer.required("access_token"))
            #expect(claims["aud"] == .string("https://api.test") && claims["username"] == .string("ada"))
            let asID = await cognito.token(
                client,
                Self.exchange,
                [
                    "subject_token": subject, "subject_token_type": Self.type + "access_token",
                    "requested_token_type": Self.type + "id_token",
                ]
            )
            #expect(asID.string("token_type") == "N_A" && asID.string("scope") == nil)
        }
    }

    @Test("what can't be exchanged")
    func notExchanged() async throws {
        try await Cognito.run { cognito in
            try await cognito.addResourceServer()
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            let flows = ["ALLOW_TOKEN_EXCHANGE_IMPERSONATION"]
            let client = try await cognito.makeClient(Self.machine.with(["ExplicitAuthFlows": flows]))
            let (access, id) = (Self.type + "access_token", Self.type + "id_token")
            func ask(_ parameters: KeyValuePairs<String, String?>, by other: TestClient? = nil) async -> String? {
                await cognito.token(other ?? client, Self.exchange, parameters).error
            }
            let subject = tokens.access
            #expect(await ask([:]) == "invalid_request")
            #expect(await ask(["subject_token": subject]) == "invalid_request")
            #expect(
                await ask(["subject_token": subject, "subject_token_type": Self.type + "saml2"]) == "invalid_request"
            )
            #expect(await ask(["subject_token": subject, "subject_token_type": id]) == "invalid_request")
            #expect(await ask(["subject_token": "x", "subject_token_type": access]) == "invalid_request")
            let nowhere = "https://nowhere.test"
            #expect(
                await ask(["subject_token": subject, "subject_token_type": access, "resource": nowhere])
                    == "invalid_target"
            )
            // Who would act for the user may not.
            #expect(
                await ask(
                    [
                        "subject_token": subject, "subject_token_type": access, "actor_token": subject,
                        "actor_token_type": access,
                    ]
                ) == "unauthorized_client"
            )
            let plain = try await cognito.makeClient(Self.machine)
            #expect(
                await ask(["subject_token": subject, "subject_token_type": access], by: plain) == "unauthorized_client"
            )
        }
    }
}
