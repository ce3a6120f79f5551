import CognitoModel
import Database
import DatabaseTestSupport
import HTTPTransport
import Operations
import Storage
import Testing
import UserPools

@testable import Server

/// PreTokenGeneration at the endpoints of OAuth.
@Suite struct TokenFunctionWebTests {
    static let versions = ["1", "2", "3"]
    private static let tenant: [String: JSONValue] = ["tenant": .string("blue")]

    @Test("a code's tokens are as the function said when it was given", arguments: versions, TestEngine.allCases)
    func code(version: String, engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: TokenFunction.settings(version)) { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            cognito.tokenFunction(answers: TokenFunction.adding(Self.tenant, version))
            let answer = await cognito.authorize(client, ["scope": "openid email", "nonce": "n"], cookie: cookie)
            let code = try #require(answer.parameters["code"])
            #expect(cognito.functions.sources == ["TokenGeneration_HostedAuth"])
            let event = cognito.functions.events[0]
            #expect(event["version"] == .string(version) && event["userName"] == .string("ada"))
            #expect(event["callerContext"]?["clientId"] == .string(client.id))
            #expect(event["request"]?["scopes"] == (version == "1" ? nil : texts("openid", "email")))
            #expect(event["request"]?["clientMetadata"] == nil)
            // It isn't asked again.
            cognito.tokenFunction(refuses: "no")
            let form: KeyValuePairs<String, String?> = ["code": code, "redirect_uri": Cognito.appCallback]
            let tokens = await cognito.token(client, "authorization_code", form)
            let id = try cognito.claims(try tokens.required("id_token"))
            let access = try cognito.claims(try tokens.required("access_token"))
            #expect(id["tenant"] == .string("blue") && id["nonce"] == .string("n"))
            #expect(access["tenant"] == (version == "1" ? nil : .string("blue")))
            #expect(cognito.functions.events.count == 1)
            #expect(await cognito.token(client, "authorization_code", form).error == "invalid_grant")
        }
    }

    /// What a function does, and how a browser and a program are told.
    static let failures: [(String, error: String, description: String)] = [
        ("refuses", "invalid_request", "PreTokenGeneration failed with error denied & done. "),
        ("unreachable", "server_error", "PreTokenGeneration invocation failed due to error ResourceNotFoundException."),
        ("malformed", "invalid_request", "Unrecognizable lambda output"),
    ]

    private func fail(_ kind: String, _ cognito: Cognito) {
        switch kind {
        case "refuses": cognito.tokenFunction(refuses: "denied & done")
        case "malformed": cognito.tokenFunction(answers: ["claimsAndScopeOverrideDetails": .integer(7)])
        default: cognito.functions.clear()
        }
    }

    @Test("the client learns of a refusal at its own address", arguments: failures, ["code", "token"])
    func refusedAtPages(row: (String, error: String, description: String), type: String) async throws {
        try await Cognito.run(pool: TokenFunction.settings("2")) { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            fail(row.0, cognito)
            let answer = await cognito.authorize(
                client,
                ["scope": "openid", "state": "s"],
                type: type,
                cookie: cookie
            )
            #expect(answer.status == 302 && answer.location.hasPrefix(Cognito.appCallback))
            let parameters = answer.parameters
            #expect(parameters["error"] == row.error && parameters["error_description"] == row.description)
            #expect(parameters["state"] == "s" && parameters["code"] == nil && parameters["access_token"] == nil)
            let pool = cognito.pool
            let kept = try await cognito.application.store.database.read { connection in
                try connection.rows(
                    """
                    select (select count(*) from sessions where pool_id = \(pool)),
                        (select count(*) from authorization_codes where pool_id = \(pool))
                    """
                ).first.map { [try $0.integer(0), try $0.integer(1)] }
            }
            #expect(kept == [0, 0])
        }
    }

    @Test("tokens of the implicit grant", arguments: versions)
    func implicit(version: String) async throws {
        try await Cognito.run(pool: TokenFunction.settings(version)) { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            cognito.tokenFunction(answers: TokenFunction.adding(Self.tenant, version))
            let answer = await cognito.authorize(client, ["scope": "openid"], type: "token", cookie: cookie)
            #expect(cognito.functions.sources == ["TokenGeneration_HostedAuth"])
            let id = try cognito.claims(try #require(answer.parameters["id_token"]))
            let access = try cognito.claims(try #require(answer.parameters["access_token"]))
            #expect(id["tenant"] == .string("blue"))
            #expect(access["tenant"] == (version == "1" ? nil : .string("blue")))
        }
    }

    @Test("of both the function is told by what program they are asked for", arguments: ["code", "token"])
    func userAgent(type: String) async throws {
        try await Cognito.run(pool: TokenFunction.settings("1")) { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            var headers = try await cognito.browserSession(client: client)
            headers.append("User-Agent", "aws-sdk-nodejs/2.856.0 linux")
            cognito.tokenFunction(answers: [:])
            _ = await cognito.authorize(client, ["scope": "openid"], type: type, cookie: headers)
            let version = cognito.functions.events.first?["callerContext"]?["awsSdkVersion"]
            #expect(version == .string("aws-sdk-nodejs-2.856.0"))
        }
    }

    @Test("a refresh asks the function each time, of the scopes that were granted", arguments: [true, false])
    func refresh(rotates: Bool) async throws {
        try await Cognito.run(pool: TokenFunction.settings("2")) { cognito in
            try await cognito.addUser()
            let rotation: Members = ["Feature": "ENABLED", "RetryGracePeriodSeconds": 0]
            let client = try await cognito.makeWebClient(rotates ? ["RefreshTokenRotation": rotation] : [:])
            let cookie = try await cognito.browserSession(client: client)
            let change: [String: JSONValue] = ["scopesToAdd": texts("api/read"), "scopesToSuppress": texts("openid")]
            cognito.tokenFunction(answers: TokenFunction.answer("2", access: change))
            let first = try await cognito.tokensByCode(client, cookie: cookie)
            #expect(try cognito.claims(try first.required("access_token"))["scope"] == .string("api/read"))
            let token = try first.required("refresh_token")
            for row in Self.failures {
                fail(row.0, cognito)
                let refused = await cognito.token(client, "refresh_token", ["refresh_token": token])
                #expect(refused.status == 400 && refused.json == .object(["error": .string(row.description)]))
            }
            cognito.tokenFunction(answers: [:])
            let fresh = await cognito.token(client, "refresh_token", ["refresh_token": token])
            #expect(cognito.functions.sources.last == "TokenGeneration_RefreshTokens")
            #expect(cognito.functions.events.last?["request"]?["scopes"] == texts("openid"))
            #expect(try cognito.claims(try fresh.required("access_token"))["scope"] == .string("openid"))
            #expect((fresh.string("refresh_token") != nil) == rotates)
        }
    }

    @Test("client_credentials from version 3 on, with what the client says", arguments: versions)
    func machine(version: String) async throws {
        try await Cognito.run(pool: TokenFunction.settings(version)) { cognito in
            try await cognito.addResourceServer()
            let client = try await cognito.makeClient(MachineGrantTests.machine)
            cognito.tokenFunction(answers: TokenFunction.adding(Self.tenant, version))
            let metadata = #"{"env":"dev"}"#
            let answer = await cognito.token(client, "client_credentials", ["aws_client_metadata": metadata])
            let claims = try cognito.claims(try answer.required("access_token"))
            guard version == "3" else {
                #expect(claims["tenant"] == nil && cognito.functions.events.isEmpty)
                return
            }
            #expect(claims["tenant"] == .string("blue"))
            #expect(cognito.functions.sources == ["TokenGeneration_ClientCredentials"])
            let request = cognito.functions.events[0]["request"]
            #expect(request?["clientMetadata"] == .object(["env": .string("dev")]))
            #expect(request?["groupConfiguration"] == .null && request?["userAttributes"] == .object([:]))
            for row in Self.failures {
                fail(row.0, cognito)
                let refused = await cognito.token(client, "client_credentials")
                #expect(refused.status == 400 && refused.json == .object(["error": .string(row.description)]))
            }
        }
    }

    @Test("client metadata is an object of texts", arguments: ["1", "[]", "{", #"{"a":1}"#, #""a""#, "null"])
    func badMetadata(metadata: String) async throws {
        try await Cognito.run(pool: TokenFunction.settings("3")) { cognito in
            try await cognito.addResourceServer()
            let client = try await cognito.makeClient(MachineGrantTests.machine)
            let answer = await cognito.token(client, "client_credentials", ["aws_client_metadata": metadata])
            #expect(answer.error == "invalid_request" && cognito.functions.events.isEmpty)
        }
    }

    @Test("userInfo goes by the scopes of the token, and shows the user and not the claims")
    func userInfo() async throws {
        try await Cognito.run(pool: TokenFunction.settings("2")) { cognito in
            try await cognito.addUser()
            func info(_ access: [String: JSONValue]) async throws -> WebAnswer {
                cognito.tokenFunction(answers: TokenFunction.answer("2", access: access))
                let token = try await cognito.signedIn().access
                return await cognito.web("GET", "/oauth2/userInfo", headers: ["Authorization": "Bearer \(token)"])
            }
            #expect(try await info([:]).error == "invalid_token")
            let claims = JSONValue.object(["email": .string("forged@example.com"), "tenant": .string("blue")])
            let shown = try await info(["scopesToAdd": texts("openid"), "claimsToAddOrOverride": claims])
            #expect(shown.string("email") == "ada@example.com" && shown.string("tenant") == nil)
            let some = try await info(["scopesToAdd": texts("openid", "phone")])
            #expect(some.status == 200 && some.string("email") == nil)
        }
    }
}
