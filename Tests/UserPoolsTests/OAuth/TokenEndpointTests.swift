import CognitoModel
import Cryptography
import DatabaseTestSupport
import HTTPTransport
import Testing
import UserPools

/// `/oauth2/token`: authorization_code and refresh_token.
@Suite struct TokenEndpointTests {
    @Test("a code becomes tokens once, and coming again ends them", arguments: TestEngine.allCases)
    func code(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient(["GenerateSecret": true])
            let cookie = try await cognito.browserSession(client: client)
            let scope = "openid email aws.cognito.signin.user.admin"
            let answer = await cognito.authorize(
                client,
                ["scope": scope, "state": "a b", "nonce": "n1"],
                cookie: cookie
            )
            #expect(answer.status == 302 && answer.location.hasPrefix("\(Cognito.appCallback)?code="))
            #expect(answer.parameters["state"] == "a b")
            let code = try #require(answer.parameters["code"])
            #expect(code.contains(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/))
            let tokens = await cognito.token(
                client,
                "authorization_code",
                ["code": code, "redirect_uri": Cognito.appCallback]
            )
            #expect(tokens.status == 200 && tokens.string("token_type") == "Bearer")
            #expect(tokens.json?["expires_in"] == .integer(3600))
            let id = try cognito.claims(try tokens.required("id_token"))
            let access = try cognito.claims(try tokens.required("access_token"))
            #expect(id["nonce"] == .string("n1") && id["aud"] == .string(client.id))
            #expect(id["email"] == .string("ada@example.com") && id["email_verified"] == .boolean(true))
            #expect(access["scope"] == .string(scope) && access["sub"] == id["sub"])
            #expect(id["auth_time"]?.integerValue == cognito.clock.now.seconds)
            let digest = SHA256.digest(Array(try tokens.required("access_token").utf8))
            #expect(id["at_hash"] == .string(Base64URL.encode(Array(digest.prefix(16)))))
            let user = try await cognito.ok(GetUser.self, ["AccessToken": try tokens.required("access_token")])
            #expect(user.string("Username") == "ada")

            let again = await cognito.token(
                client,
                "authorization_code",
                ["code": code, "redirect_uri": Cognito.appCallback]
            )
            #expect(again.status == 400 && again.error == "invalid_grant")
            // What the first exchange gave is gone (RFC 6749 section 4.1.2).
            let refused = await cognito.call(GetUser.self, ["AccessToken": try tokens.required("access_token")])
            #expect(refused.refusal == .accessTokenRevoked)
            let refresh = try tokens.required("refresh_token")
            #expect(await cognito.token(client, "refresh_token", ["refresh_token": refresh]).error == "invalid_grant")
        }
    }

    @Test("without openid there is no ID token")
    func noOpenID() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            let tokens = try await cognito.tokensByCode(client, scope: "aws.cognito.signin.user.admin", cookie: cookie)
            #expect(tokens.status == 200 && tokens.string("id_token") == nil)
            let refresh = try tokens.required("refresh_token")
            let refreshed = await cognito.token(client, "refresh_token", ["refresh_token": refresh])
            #expect(refreshed.status == 200 && refreshed.string("id_token") == nil)
        }
    }

    @Test("what is wrong about a code's exchange spends nothing, and each fault has its error")
    func wrongCode() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient(["GenerateSecret": true])
            let other = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            let verifier = String(repeating: "v", count: 50)
            let challenge = Base64URL.encode(SHA256.digest(Array(verifier.utf8)))
            let proof: KeyValuePairs = ["code_challenge": challenge, "code_challenge_method": "S256"]
            let answer = await cognito.authorize(
                client,
                ["code_challenge": proof[0].value, "code_challenge_method": "S256"],
                cookie: cookie
            )
            let code = try #require(answer.parameters["code"])
            func redeem(_ client: TestClient, _ code: String?, _ uri: String?, _ verifier: String?) async -> WebAnswer {
                await cognito.token(
                    client,
                    "authorization_code",
                    ["code": code, "redirect_uri": uri, "code_verifier": verifier]
                )
            }
            let callback = Cognito.appCallback
            #expect(await redeem(client, nil, callback, verifier).error == "invalid_request")
            #expect(await redeem(client, "x", callback, verifier).error == "invalid_grant")
            #expect(await redeem(other, code, callback, verifier).error == "invalid_grant")
            #expect(await redeem(client, code, callback, nil).error == "invalid_grant")
            #expect(await redeem(client, code, callback, verifier + "w").error == "invalid_grant")
            let elsewhere = await redeem(client, code, callback + "/", verifier)
            #expect(elsewhere.text == #"{"error":"unauthorized_client","error_description":"invalid_redirect"}"#)
            #expect(await redeem(client, code, nil, verifier).error == "unauthorized_client")
            #expect(await redeem(client, code, callback, verifier).status == 200)

            // A verifier where there was no challenge is refused too (RFC 9700 section 2.1.1).
            let plain = await cognito.authorize(client, cookie: cookie)
            let unproven = try #require(plain.parameters["code"])
            #expect(await redeem(client, unproven, callback, verifier).error == "invalid_grant")
            cognito.clock.advance(.minutes(5))
            #expect(await redeem(client, unproven, callback, nil).error == "invalid_grant")
        }
    }

    @Test("a code is void once the browser's sign-in has ended, or the client can't read what a scope shows")
    func voidCode() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            let code = try #require(await cognito.authorize(client, cookie: cookie).parameters["code"])
            let query: KeyValuePairs<String, String?> = ["client_id": client.id, "logout_uri": "https://app.test/bye"]
            #expect(await cognito.web("GET", "/logout", query, headers: cookie).status == 302)
            let answer = await cognito.token(
                client,
                "authorization_code",
                ["code": code, "redirect_uri": Cognito.appCallback]
            )
            #expect(answer.error == "invalid_grant")

            let blind = try await cognito.makeWebClient(["ReadAttributes": ["email"]])
            let fresh = try await cognito.browserSession(client: blind)
            #expect(
                try await cognito.tokensByCode(blind, scope: "openid email", cookie: fresh).error == "invalid_grant"
            )
            #expect(try await cognito.tokensByCode(blind, scope: "openid", cookie: fresh).status == 200)
        }
    }

    @Test("a refresh token gives tokens of the same grant", arguments: TestEngine.allCases)
    func refresh(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            let tokens = try await cognito.tokensByCode(client, scope: "openid email", cookie: cookie)
            let first = try cognito.claims(try tokens.required("access_token"))
            cognito.clock.advance(.minutes(90))
            let refresh = try tokens.required("refresh_token")
            let again = await cognito.token(client, "refresh_token", ["refresh_token": refresh, "scope": "openid"])
            #expect(again.status == 200 && again.string("refresh_token") == nil)
            let second = try cognito.claims(try again.required("access_token"))
            for claim in ["scope", "sub", "auth_time", "origin_jti", "event_id"] {
                #expect(second[claim] == first[claim], "\(claim)")
            }
            let id = try cognito.claims(try again.required("id_token"))
            #expect(id["email"] == .string("ada@example.com") && id["nonce"] == nil)
        }
    }

    @Test("where the client rotates, each refresh token serves once", arguments: TestEngine.allCases)
    func rotation(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            let rotation: Members = ["Feature": "ENABLED", "RetryGracePeriodSeconds": 0]
            let client = try await cognito.makeWebClient(["RefreshTokenRotation": rotation])
            let cookie = try await cognito.browserSession(client: client)
            let first = try await cognito.tokensByCode(client, cookie: cookie).required("refresh_token")
            let answer = await cognito.token(client, "refresh_token", ["refresh_token": first])
            let second = try answer.required("refresh_token")
            #expect(second != first && answer.string("id_token") != nil)
            // Stolen or copied: the sign-in ends (RFC 9700 section 4.14.2).
            #expect(await cognito.token(client, "refresh_token", ["refresh_token": first]).error == "invalid_grant")
            #expect(await cognito.token(client, "refresh_token", ["refresh_token": second]).error == "invalid_grant")
        }
    }

    @Test("a refresh token serves its client alone, until it is over, and only where refreshing is allowed")
    func refusedRefresh() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let other = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            let refresh = try await cognito.tokensByCode(client, cookie: cookie).required("refresh_token")
            func ask(_ client: TestClient, _ token: String?) async -> String? {
                await cognito.token(client, "refresh_token", ["refresh_token": token]).error
            }
            #expect(await ask(client, nil) == "invalid_request")
            #expect(await ask(client, "x") == "invalid_grant")
            #expect(await ask(other, refresh) == "invalid_grant")
            let barred = try await cognito.makeWebClient(["ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]])
            #expect(await ask(barred, refresh) == "unauthorized_client")
            try await cognito.disable()
            #expect(await ask(client, refresh) == "invalid_grant")
            try await cognito.ok(AdminEnableUser.self, cognito.named())
            cognito.clock.advance(.days(30))
            #expect(await ask(client, refresh) == "invalid_grant")
        }
    }
}
