import CognitoModel
import DatabaseTestSupport
import HTTPTransport
import Testing
import UserPools

/// `/oauth2/userInfo` and `/oauth2/revoke`.
@Suite struct UserInfoTests {
    private func userInfo(
        _ cognito: Cognito,
        _ token: String?,
        method: String = "GET",
        scheme: String = "Bearer"
    ) async -> WebAnswer {
        let headers: HTTPHeaders = token.map { ["Authorization": "\(scheme) \($0)"] } ?? [:]
        return await cognito.web(method, "/oauth2/userInfo", headers: headers)
    }

    @Test("what is shown follows the scopes and what the client may read", arguments: TestEngine.allCases)
    func scopes(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser(attributes: [
                "email": "ada@example.com", "email_verified": "true", "name": "Ada", "phone_number": "+12025550100",
            ])
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            let expected: [(String, Set<String>)] = [
                ("openid", ["email", "email_verified", "name", "phone_number", "sub", "username"]),
                ("openid profile", ["email", "email_verified", "name", "phone_number", "sub", "username"]),
                ("openid email", ["email", "email_verified", "sub", "username"]),
                ("openid phone", ["phone_number", "sub", "username"]),
            ]
            for (scope, names) in expected {
                let tokens = try await cognito.tokensByCode(client, scope: scope, cookie: cookie)
                for method in ["GET", "POST"] {
                    let answer = await userInfo(cognito, try tokens.required("access_token"), method: method)
                    #expect(answer.status == 200)
                    guard case .object(let members) = answer.json else { throw Refusal("", answer.text) }
                    #expect(Set(members.keys).subtracting(["phone_number_verified"]) == names, "\(scope)")
                    #expect(members["username"] == .string("ada"))
                    if names.contains("email") { #expect(members["email_verified"] == .string("true")) }
                    let id = try cognito.claims(try tokens.required("id_token"))
                    #expect(members["sub"] == id["sub"])
                }
            }
            let narrow = try await cognito.makeWebClient(["ReadAttributes": ["name"]])
            let session = try await cognito.browserSession(client: narrow)
            let tokens = try await cognito.tokensByCode(narrow, cookie: session)
            let answer = await userInfo(cognito, try tokens.required("access_token"))
            #expect(answer.string("name") == "Ada" && answer.string("email") == nil)
        }
    }

    @Test("without a good token there is nothing, and the header says why")
    func refused() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            let tokens = try await cognito.tokensByCode(client, cookie: cookie)
            let access = try tokens.required("access_token")
            for (token, scheme) in [(nil, "Bearer"), (access, "Basic"), (access, "")] as [(String?, String)] {
                let answer = await userInfo(cognito, token, scheme: scheme)
                #expect(answer.status == 400 && answer.error == "invalid_request")
                #expect(answer.headers["WWW-Authenticate"]?.hasPrefix("Bearer error=\"invalid_request\"") == true)
            }
            func isInvalid(_ token: String) async -> Bool {
                let answer = await userInfo(cognito, token)
                return answer.status == 401 && answer.error == "invalid_token"
                    && answer.headers["WWW-Authenticate"]?.hasPrefix("Bearer error=\"invalid_token\"") == true
            }
            #expect(await isInvalid("x"))
            #expect(await isInvalid(try tokens.required("id_token")))
            #expect(await isInvalid(try await cognito.forged(access, [:], withKeyOf: nil)))
            let api = await userInfo(cognito, try await cognito.signedIn(client: client).access)
            #expect(
                api.status == 401 && api.string("error_description") == "Access token does not contain openid scope"
            )
            // One that was taken for good elsewhere is asked for its scope all the same.
            let other = try await cognito.tokensByCode(client, scope: "aws.cognito.signin.user.admin", cookie: cookie)
            let unscoped = try other.required("access_token")
            try await cognito.ok(GetUser.self, ["AccessToken": unscoped])
            #expect(await isInvalid(unscoped))
            #expect(await userInfo(cognito, access).status == 200)
            let narrow = await cognito.call(GetUser.self, ["AccessToken": access])
            #expect(narrow.refusal == .notAuthorized("Access Token does not have required scopes"))

            try await cognito.ok(AdminUserGlobalSignOut.self, cognito.named())
            #expect(await isInvalid(access))
            let last = try await cognito.browserSession(client: client)
            let fresh = try await cognito.tokensByCode(client, cookie: last).required("access_token")
            cognito.clock.advance(.hours(1))
            #expect(await isInvalid(fresh))
            try await cognito.ok(AdminDeleteUser.self, cognito.named())
            #expect(await isInvalid(fresh))
        }
    }

    @Test("revoking a refresh token ends its sign-in, and is no error twice", arguments: TestEngine.allCases)
    func revoke(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient(["GenerateSecret": true])
            let cookie = try await cognito.browserSession(client: client)
            let tokens = try await cognito.tokensByCode(client, cookie: cookie)
            let (refresh, access) = (try tokens.required("refresh_token"), try tokens.required("access_token"))
            func revoke(_ token: String?, secret: String?, id: String = client.id) async -> WebAnswer {
                await cognito.web(
                    "POST",
                    "/oauth2/revoke",
                    ["token": token, "client_id": id, "client_secret": secret, "token_type_hint": "refresh_token"]
                )
            }
            #expect(await revoke(nil, secret: client.secret).text == #"{"error":"invalid_request"}"#)
            #expect(await revoke(access, secret: client.secret).text == #"{"error":"unsupported_token_type"}"#)
            let stranger = await revoke(refresh, secret: "wrong")
            #expect(stranger.status == 401 && stranger.error == "invalid_client")
            #expect(stranger.headers["WWW-Authenticate"]?.hasPrefix("Basic") == true)
            let other = try await cognito.makeWebClient()
            #expect(await revoke(refresh, secret: nil, id: other.id).error == "invalid_grant")
            #expect(await userInfo(cognito, access).status == 200)
            for _ in 0..<2 {
                let answer = await revoke(refresh, secret: client.secret)
                #expect(answer.status == 200 && answer.text.isEmpty)
            }
            #expect(await userInfo(cognito, access).status == 401)
            #expect(await cognito.token(client, "refresh_token", ["refresh_token": refresh]).error == "invalid_grant")
            #expect(await revoke("a.b.c.d.e", secret: client.secret).status == 200)
            let off = try await cognito.makeWebClient(["EnableTokenRevocation": false])
            #expect(await revoke(refresh, secret: nil, id: off.id).error == "invalid_request")
        }
    }
}
