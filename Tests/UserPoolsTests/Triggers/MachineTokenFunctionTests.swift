import CognitoModel
import Testing
import UserPools

/// PreTokenGeneration at GetClientToken and GetDerivedToken.
@Suite struct MachineTokenFunctionTests {
    @Test("a client's own token is changed from version 3 on", arguments: ["1", "2", "3"])
    func client(version: String) async throws {
        try await Cognito.run(pool: TokenFunction.settings(version)) { cognito in
            try await cognito.addResourceServer()
            let client = try await cognito.makeClient(ClientTokenTests.machine)
            let access: [String: JSONValue] = [
                "claimsToAddOrOverride": .object([
                    "tenant": .string("blue"), "event_id": .string("e"), "username": .string("ada"),
                    "aud": .string(client.id),
                ]),
                "scopesToAdd": texts("extra", "aws.cognito.signin.user.admin"),
                "scopesToSuppress": texts("https://api.test/write"),
            ]
            cognito.tokenFunction(answers: TokenFunction.answer(version, access: access))
            let input: Members = [
                "ClientId": client.id, "Secret": client.secret, "ClientMetadata": ["env": "dev"],
            ]
            let answer = try await cognito.ok(GetClientToken.self, input, from: .unsigned)
            let token = try answer.text("ClientAuthenticationResult.AccessToken")
            let claims = try cognito.claims(token)
            guard version == "3" else {
                #expect(cognito.functions.events.isEmpty && claims["tenant"] == nil)
                #expect(claims["scope"] == .string(ClientTokenTests.scopes.joined(separator: " ")))
                return
            }
            let event = try #require(cognito.functions.events.first)
            #expect(cognito.functions.sources == ["TokenGeneration_ClientCredentials"])
            #expect(event["userName"] == .string("ClientCredentials"))
            #expect(
                event["request"]
                    == .object([
                        "userAttributes": .object([:]), "groupConfiguration": .null,
                        "scopes": texts("https://api.test/read", "https://api.test/write"),
                        "clientMetadata": .object(["env": .string("dev")]),
                    ])
            )
            #expect(claims["tenant"] == .string("blue") && claims["aud"] == .string(client.id))
            #expect(claims["scope"] == .string("https://api.test/read extra aws.cognito.signin.user.admin"))
            #expect(claims["sub"] == .string(client.id) && claims["event_id"] == nil && claims["username"] == nil)
            // No function makes a user of it.
            #expect(await cognito.call(GetUser.self, ["AccessToken": token]).refusal == .invalidAccessToken)
        }
    }

    @Test("GetClientToken has no error of functions, but their words")
    func clientRefused() async throws {
        try await Cognito.run(pool: TokenFunction.settings("3")) { cognito in
            try await cognito.addResourceServer()
            let client = try await cognito.makeClient(ClientTokenTests.machine)
            let input: Members = ["ClientId": client.id, "Secret": client.secret]
            cognito.tokenFunction(refuses: "not now")
            let refused = await cognito.call(GetClientToken.self, input).refusal
            #expect(refused == .notAuthorized("PreTokenGeneration failed with error not now."))
            cognito.functions.clear()
            #expect(
                await cognito.call(GetClientToken.self, input).refusal
                    == .notAuthorized("PreTokenGeneration invocation failed due to error ResourceNotFoundException.")
            )
            cognito.tokenFunction(answers: ["claimsAndScopeOverrideDetails": .integer(1)])
            #expect(
                await cognito.call(GetClientToken.self, input).refusal == .notAuthorized("Unrecognizable lambda output")
            )
        }
    }

    @Test("an exchange gives nothing that the function keeps out of tokens, and nothing more", arguments: ["2", "3"])
    func exchanged(version: String) async throws {
        try await Cognito.run(pool: TokenFunction.settings(version)) { cognito in
            try await cognito.addResourceServer()
            try await cognito.addUser()
            cognito.tokenFunction(answers: TokenFunction.answer(version, access: ["scopesToAdd": texts("openid", "x")]))
            let subject = try await cognito.signedIn().access
            let client = try await cognito.makeClient(DerivedTokenTests.exchanging)
            func derive(_ more: Members = [:]) async -> Answer {
                let input: Members = [
                    "ClientId": client.id, "ClientSecret": client.secret, "SubjectToken": subject,
                    "SubjectTokenType": "ACCESS_TOKEN",
                ]
                return await cognito.call(GetDerivedToken.self, input.with(more))
            }
            let claims: [String: JSONValue] = [
                "tenant": .string("blue"), "act": .string("me"), "aud": .string(client.id),
            ]
            let change: [String: JSONValue] = [
                "claimsToAddOrOverride": .object(claims), "claimsToSuppress": texts("email"),
                "scopesToAdd": texts("more"), "scopesToSuppress": texts("x"),
            ]
            cognito.tokenFunction(answers: TokenFunction.answer(version, id: change, access: change))
            let access = await derive(["Audiences": ["orders"]])
            #expect(cognito.functions.sources.last == "TokenGeneration_RefreshTokens")
            #expect(cognito.functions.events.last?["request"]?["scopes"] == texts("openid", "x"))
            let derived = try cognito.claims(try access.text("IssuedToken"))
            #expect(derived["tenant"] == .string("blue") && derived["act"] == nil)
            #expect(derived["aud"] == .string("orders"))
            #expect(derived["scope"] == .string("openid") && access["Scopes"] == texts("openid"))
            let id = try cognito.claims(try await derive(["RequestedTokenType": "ID_TOKEN"]).text("IssuedToken"))
            #expect(id["tenant"] == .string("blue") && id["email"] == nil && id["email_verified"] == .boolean(true))
            cognito.tokenFunction(refuses: "no")
            #expect(
                await derive().refusal
                    == Refusal("UserLambdaValidationException", "PreTokenGeneration failed with error no.")
            )
            cognito.tokenFunction(answers: ["claimsAndScopeOverrideDetails": .integer(1)])
            #expect(await derive().refusal?.code == "InvalidLambdaResponseException")
            cognito.functions.clear()
            #expect(await derive().refusal?.code == "UnexpectedLambdaException")
        }
    }

    @Test("a client's own token is exchanged as one", arguments: ["2", "3"])
    func exchangedOwn(version: String) async throws {
        try await Cognito.run(pool: TokenFunction.settings(version)) { cognito in
            try await cognito.addResourceServer()
            let machine = try await cognito.makeClient(ClientTokenTests.machine)
            cognito.tokenFunction(answers: [:])
            let own: Members = ["ClientId": machine.id, "Secret": machine.secret]
            let subject = try await cognito.ok(GetClientToken.self, own).text("ClientAuthenticationResult.AccessToken")
            cognito.functions.clear()
            cognito.tokenFunction(answers: TokenFunction.adding(["tenant": .string("blue")], version))
            let client = try await cognito.makeClient(DerivedTokenTests.exchanging)
            let input: Members = [
                "ClientId": client.id, "ClientSecret": client.secret, "SubjectToken": subject,
                "SubjectTokenType": "ACCESS_TOKEN",
            ]
            let answer = try await cognito.ok(GetDerivedToken.self, input)
            let isAsked = version == "3"
            #expect(cognito.functions.sources == (isAsked ? ["TokenGeneration_ClientCredentials"] : []))
            #expect(
                try cognito.claims(try answer.text("IssuedToken"))["tenant"] == (isAsked ? .string("blue") : nil)
            )
        }
    }
}
