import CognitoModel
import Database
import DatabaseTestSupport
import Server
import Storage
import Testing
import Triggers
import UserPools

/// PreTokenGeneration at the API.
@Suite struct TokenFunctionTests {
    static let versions = ["1", "2", "3"]

    /// A way to tokens at the API, once there is a user `ada`: the source of its event, what of ClientMetadata it has,
    /// and what the answer holds.
    struct Flow: Sendable, CustomTestStringConvertible {
        let name: String
        let source: String
        let metadata: JSONValue?
        var pool: Members = [:]
        var client: Members = [:]
        /// Does what comes before, and gives what is to be called.
        let prepare: @Sendable (Cognito) async throws -> @Sendable () async throws -> Answer

        var testDescription: String { name }
    }

    private static let given: [String: String] = ["tenant": "blue"]
    private static let seen = JSONValue.object(["tenant": .string("blue")])

    static let flows: [Flow] = [
        Flow(name: "USER_PASSWORD_AUTH", source: "Authentication", metadata: nil) { cognito in
            try await cognito.addUser()
            let input: Members = [
                "ClientId": cognito.client.id, "AuthFlow": "USER_PASSWORD_AUTH", "ClientMetadata": given,
                "AuthParameters": ["USERNAME": "ada", "PASSWORD": Cognito.password],
            ]
            return { await cognito.call(InitiateAuth.self, input) }
        },
        Flow(name: "ADMIN_USER_PASSWORD_AUTH", source: "Authentication", metadata: nil) { cognito in
            try await cognito.addUser()
            let input: Members = [
                "UserPoolId": cognito.pool, "ClientId": cognito.client.id, "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
                "ClientMetadata": given, "AuthParameters": ["USERNAME": "ada", "PASSWORD": Cognito.password],
            ]
            return { await cognito.call(AdminInitiateAuth.self, input) }
        },
        Flow(name: "USER_SRP_AUTH", source: "Authentication", metadata: seen) { cognito in
            try await cognito.addUser()
            let srp = try SRPClient()
            return {
                let asked = await cognito.initiate("USER_SRP_AUTH", ["USERNAME": "ada", "SRP_A": srp.publicKey])
                let input: Members = [
                    "ClientId": cognito.client.id, "ChallengeName": "PASSWORD_VERIFIER", "ClientMetadata": given,
                    "ChallengeResponses": try srp.responses(to: asked, pool: cognito.pool),
                ]
                return await cognito.call(RespondToAuthChallenge.self, input)
            }
        },
        Flow(name: "NEW_PASSWORD_REQUIRED", source: "NewPasswordChallenge", metadata: seen) { cognito in
            try await cognito.addInvitedUser()
            let asked = await cognito.signIn()
            let input: Members = [
                "UserPoolId": cognito.pool, "ClientId": cognito.client.id, "ChallengeName": "NEW_PASSWORD_REQUIRED",
                "Session": asked.string("Session"), "ClientMetadata": given,
                "ChallengeResponses": ["USERNAME": "ada", "NEW_PASSWORD": "An0ther!one"],
            ]
            return { await cognito.call(AdminRespondToAuthChallenge.self, input) }
        },
        Flow(
            name: "DEVICE_PASSWORD_VERIFIER",
            source: "AuthenticateDevice",
            metadata: nil,
            pool: ["DeviceConfiguration": ["ChallengeRequiredOnNewDevice": false] as Members]
        ) { cognito in
            try await cognito.addUser()
            cognito.tokenFunction(answers: [:])
            let first = await cognito.signIn()
            let device = try TestDevice(first)
            #expect(try await cognito.confirm(device, try Tokens(first).access).refusal == nil)
            cognito.functions.clear()
            return {
                let named = ["USERNAME": "ada", "PASSWORD": Cognito.password, "DEVICE_KEY": device.key]
                let asked = await cognito.initiate("USER_PASSWORD_AUTH", named)
                let srp = try SRPClient()
                let begin = ["USERNAME": "ada", "SRP_A": srp.publicKey, "DEVICE_KEY": device.key]
                let next = await cognito.follow(asked, "DEVICE_SRP_AUTH", begin)
                let proof = try srp.responses(to: next, device: device, password: Cognito.devicePassword)
                return await cognito.respond("DEVICE_PASSWORD_VERIFIER", proof)
            }
        },
        Flow(name: "REFRESH_TOKEN_AUTH", source: "RefreshTokens", metadata: nil) { cognito in
            let token = try await refreshToken(cognito)
            let input: Members = [
                "ClientId": cognito.client.id, "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientMetadata": given,
                "AuthParameters": ["REFRESH_TOKEN": token],
            ]
            return { await cognito.call(InitiateAuth.self, input) }
        },
        Flow(name: "GetTokensFromRefreshToken", source: "RefreshTokens", metadata: seen) { cognito in
            let token = try await refreshToken(cognito)
            let input: Members = ["ClientId": cognito.client.id, "RefreshToken": token, "ClientMetadata": given]
            return { await cognito.call(GetTokensFromRefreshToken.self, input) }
        },
        Flow(
            name: "GetTokensFromRefreshToken, rotating",
            source: "RefreshTokens",
            metadata: seen,
            client: ["RefreshTokenRotation": ["Feature": "ENABLED", "RetryGracePeriodSeconds": 0] as Members]
        ) { cognito in
            let token = try await refreshToken(cognito)
            let input: Members = ["ClientId": cognito.client.id, "RefreshToken": token, "ClientMetadata": given]
            return { await cognito.call(GetTokensFromRefreshToken.self, input) }
        },
    ]

    /// Of a user who signed in while the function changed nothing.
    private static func refreshToken(_ cognito: Cognito) async throws -> String {
        try await cognito.addUser()
        cognito.tokenFunction(answers: [:])
        let token = try await cognito.signedIn().refresh
        cognito.functions.clear()
        return token
    }

    @Test("each way to tokens has its source, in each version", arguments: flows, versions)
    func sources(flow: Flow, version: String) async throws {
        try await Cognito.run(pool: TokenFunction.settings(version).with(flow.pool), client: flow.client) { cognito in
            let call = try await flow.prepare(cognito)
            cognito.tokenFunction(answers: TokenFunction.adding(["tenant": .string("blue")], version))
            let tokens = try Tokens(try await call())
            let event = try #require(cognito.functions.events.first)
            #expect(cognito.functions.sources == ["TokenGeneration_\(flow.source)"])
            #expect(event["version"] == .string(version) && event["userName"] == .string("ada"))
            #expect(event["callerContext"]?["clientId"] == .string(cognito.client.id))
            let request = event["request"]
            #expect(request?["clientMetadata"] == flow.metadata)
            #expect(request?["scopes"] == (version == "1" ? nil : texts("aws.cognito.signin.user.admin")))
            #expect(request?["userAttributes"]?["email"] == .string("ada@example.com"))
            #expect(request?["userAttributes"]?["cognito:user_status"] == .string("CONFIRMED"))
            let (id, access) = (try cognito.claims(tokens.id), try cognito.claims(tokens.access))
            #expect(id["tenant"] == .string("blue") && access["tenant"] == (version == "1" ? nil : .string("blue")))
            #expect(await cognito.call(GetUser.self, ["AccessToken": tokens.access]).refusal == nil)
        }
    }

    /// What a function does, and what the caller is told then.
    static let failures: [(@Sendable (JSONValue) throws -> JSONValue, Refusal)] = [
        (
            { _ in throw FunctionFailure.failed(message: "no tenant") },
            Refusal("UserLambdaValidationException", "PreTokenGeneration failed with error no tenant.")
        ),
        (
            { _ in throw FunctionFailure.unreachable(code: "AccessDeniedException") },
            Refusal(
                "UnexpectedLambdaException",
                "PreTokenGeneration invocation failed due to error AccessDeniedException."
            )
        ),
        ({ _ in .null }, Refusal("InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON")),
        ({ _ in .object([:]) }, Refusal("InvalidLambdaResponseException", "Unrecognizable lambda output")),
        (
            { $0.answered(with: TokenFunction.answer("2", id: ["claimsToSuppress": .string("email")])) },
            Refusal("InvalidLambdaResponseException", "Unrecognizable lambda output")
        ),
        (
            { event in
                let many = JSONValue.array(Array(repeating: .integer(0), count: 10_001))
                return event.answered(with: TokenFunction.adding(["a": many], "2"))
            },
            Refusal("InvalidLambdaResponseException", "Unrecognizable lambda output")
        ),
        (
            { event in
                let long = JSONValue.string(String(repeating: "x", count: 70_000))
                return event.answered(with: TokenFunction.adding(["a": long], "2"))
            },
            Refusal(
                "InvalidLambdaResponseException",
                "The lambda output has more than 65536 bytes of claims and scopes."
            )
        ),
    ]

    @Test("a function that fails lets nobody in, and changes nothing", arguments: flows, failures.indices)
    func fails(flow: Flow, index: Int) async throws {
        try await Cognito.run(pool: TokenFunction.settings("2").with(flow.pool), client: flow.client) { cognito in
            let call = try await flow.prepare(cognito)
            let (body, refusal) = Self.failures[index]
            let sessions = try await Self.sessions(cognito)
            cognito.functions.set(TokenFunction.arn) { try body($0) }
            let answer = try await call()
            #expect(answer.refusal == refusal && answer["AuthenticationResult"] == nil)
            #expect(try await Self.sessions(cognito) == sessions)
            // Nothing was spent: the same call is good once the function is.
            cognito.tokenFunction(answers: [:])
            _ = try Tokens(try await call())
        }
    }

    /// How many sign-ins stand, and how many were opened.
    private static func sessions(_ cognito: Cognito) async throws -> [Int64] {
        let pool = cognito.pool
        return try await cognito.application.store.database.read { connection in
            let rows = try connection.rows(
                "select count(*), count(revoked_at) from sessions where pool_id = \(pool)"
            )
            return [try rows[0].integer(0), try rows[0].integer(1)]
        }
    }

    @Test("groups and roles are as the function says", arguments: versions)
    func groups(version: String) async throws {
        try await Cognito.run(pool: TokenFunction.settings(version)) { cognito in
            try await cognito.addUser()
            let role = "arn:aws:iam::123456789012:role/staff"
            let group: Members = ["UserPoolId": cognito.pool, "GroupName": "staff", "RoleArn": role]
            try await cognito.ok(CreateGroup.self, group)
            let member: Members = ["UserPoolId": cognito.pool, "Username": "ada", "GroupName": "staff"]
            try await cognito.ok(AdminAddUserToGroup.self, member)
            func claims(_ response: [String: JSONValue]) async throws -> (id: JSONValue, access: JSONValue) {
                cognito.tokenFunction(answers: response)
                let tokens = try await cognito.signedIn()
                return (try cognito.claims(tokens.id), try cognito.claims(tokens.access))
            }
            let same = try await claims([:])
            #expect(same.id["cognito:groups"] == texts("staff") && same.access["cognito:groups"] == texts("staff"))
            #expect(same.id["cognito:roles"] == texts(role) && same.id["cognito:preferred_role"] == .string(role))
            let shown = cognito.functions.events[0]["request"]?["groupConfiguration"]
            #expect(
                shown
                    == .object([
                        "groupsToOverride": texts("staff"), "iamRolesToOverride": texts(role),
                        "preferredRole": .string(role),
                    ])
            )
            // To keep them functions hand them back.
            let kept = try await claims(TokenFunction.answer(version, groups: shown))
            #expect(kept.id["cognito:groups"] == texts("staff") && kept.id["cognito:roles"] == texts(role))
            let other = JSONValue.object(["groupsToOverride": texts("a", "b"), "preferredRole": .string("r")])
            let replaced = try await claims(TokenFunction.answer(version, groups: other))
            #expect(replaced.id["cognito:groups"] == texts("a", "b"))
            #expect(replaced.access["cognito:groups"] == texts("a", "b"))
            #expect(replaced.id["cognito:roles"] == nil && replaced.id["cognito:preferred_role"] == .string("r"))
            for none in [JSONValue.null, .object([:])] {
                let gone = try await claims(TokenFunction.answer(version, groups: none))
                #expect(gone.id["cognito:groups"] == nil && gone.access["cognito:groups"] == nil)
                #expect(gone.id["cognito:roles"] == nil && gone.id["cognito:preferred_role"] == nil)
            }
            let suppress: [String: JSONValue] = ["claimsToSuppress": texts("cognito:groups")]
            let hidden = try await claims(TokenFunction.answer(version, id: suppress, groups: other))
            #expect(hidden.id["cognito:groups"] == nil && hidden.id["cognito:preferred_role"] == nil)
            #expect(hidden.access["cognito:groups"] == texts("a", "b"))
            // As claims they can't be changed.
            let forged = try await claims(TokenFunction.adding(["cognito:groups": .string("admins")], version))
            #expect(forged.id["cognito:groups"] == texts("staff") && forged.access["cognito:groups"] == texts("staff"))
        }
    }

    /// What every token has, and no function changes.
    @Test("what the server says of itself stays", arguments: ["1", "2"])
    func untouchable(version: String) async throws {
        try await Cognito.run(pool: TokenFunction.settings(version)) { cognito in
            try await cognito.addUser()
            let names = [
                "sub", "iss", "aud", "client_id", "event_id", "origin_jti", "token_use", "scope", "auth_time", "exp",
                "iat", "jti", "username", "cognito:username", "device_key", "version", "nonce", "nbf", "azp", "amr",
                "acr", "at_hash", "identities", "dev:custom:a",
            ]
            let forged = Dictionary(uniqueKeysWithValues: names.map { ($0, JSONValue.string("forged")) })
            cognito.tokenFunction(answers: [:])
            let plain = try await cognito.signedIn()
            cognito.tokenFunction(answers: TokenFunction.adding(forged, version))
            let added = try await cognito.signedIn()
            let suppress: [String: JSONValue] = ["claimsToSuppress": .array(names.map { .string($0) })]
            cognito.tokenFunction(answers: TokenFunction.answer(version, id: suppress, access: suppress))
            let suppressed = try await cognito.signedIn()
            for token in [\Tokens.id, \Tokens.access] {
                let before = try cognito.claims(plain[keyPath: token])
                for tokens in [added, suppressed] {
                    let after = try cognito.claims(tokens[keyPath: token])
                    for name in names {
                        #expect((after[name] == nil) == (before[name] == nil), "\(name)")
                        #expect(after[name] != .string("forged"), "\(name)")
                    }
                    #expect(after["sub"] == before["sub"] && after["iss"] == before["iss"])
                }
            }
            #expect(await cognito.call(GetUser.self, ["AccessToken": suppressed.access]).refusal == nil)
        }
    }

    @Test("scopes are the issued token's alone")
    func scopes() async throws {
        try await Cognito.run(pool: TokenFunction.settings("2")) { cognito in
            try await cognito.addUser()
            let own = "aws.cognito.signin.user.admin"
            let change: [String: JSONValue] = [
                "scopesToAdd": texts("https://api.test/read", "made.up"), "scopesToSuppress": texts(own),
            ]
            cognito.tokenFunction(answers: TokenFunction.answer("2", access: change))
            let tokens = try await cognito.signedIn()
            #expect(try cognito.claims(tokens.access)["scope"] == .string("https://api.test/read made.up"))
            #expect(
                await cognito.call(GetUser.self, ["AccessToken": tokens.access]).refusal
                    == .notAuthorized("Access Token does not have required scopes")
            )
            // The sign-in keeps nothing of it, and the function is asked each time.
            cognito.tokenFunction(answers: [:])
            let refresh: Members = ["ClientId": cognito.client.id, "RefreshToken": tokens.refresh]
            let fresh = try await cognito.ok(GetTokensFromRefreshToken.self, refresh)
            let access = try fresh.text("AuthenticationResult.AccessToken")
            #expect(try cognito.claims(access)["scope"] == .string(own))
            #expect(cognito.functions.events.last?["request"]?["scopes"] == texts(own))
            #expect(await cognito.call(GetUser.self, ["AccessToken": access]).refusal == nil)
            cognito.tokenFunction(answers: TokenFunction.answer("2", access: ["scopesToSuppress": texts(own)]))
            let none = try await cognito.ok(GetTokensFromRefreshToken.self, refresh)
            #expect(try cognito.claims(try none.text("AuthenticationResult.AccessToken"))["scope"] == nil)
        }
    }

    @Test("a pool without a function calls none, and one of another trigger neither")
    func without() async throws {
        let other: Members = ["LambdaConfig": ["PreTokenGeneration": TokenFunction.arn]]
        try await Cognito.run { cognito in
            try await cognito.addUser()
            _ = try await cognito.signedIn()
            #expect(cognito.functions.events.isEmpty)
        }
        try await Cognito.run(pool: other) { cognito in
            try await cognito.addUser()
            cognito.tokenFunction(answers: TokenFunction.adding(["a": .string("b")], "1"))
            let tokens = try await cognito.signedIn()
            #expect(cognito.functions.events.first?["version"] == .string("1"))
            #expect(try cognito.claims(tokens.id)["a"] == .string("b"))
        }
    }

    @Test("who isn't let in has no function called")
    func refused() async throws {
        try await Cognito.run(pool: TokenFunction.settings("2"), client: ["PreventUserExistenceErrors": "ENABLED"]) {
            cognito in
            try await cognito.addUser()
            #expect(await cognito.signIn(password: "Wr0ng!pass").refusal == .wrongPassword)
            #expect(await cognito.signIn("nobody").refusal == .wrongPassword)
            let input: Members = ["ClientId": cognito.client.id, "RefreshToken": "a.b.c.d.e"]
            #expect(await cognito.call(GetTokensFromRefreshToken.self, input).refusal == .invalidRefreshToken)
            #expect(cognito.functions.events.isEmpty)
        }
    }
}
