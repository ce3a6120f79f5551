import CognitoModel
import DatabaseTestSupport
import HTTPTransport
import Testing
import UserPools

/// `/logout`.
@Suite struct LogoutTests {
    @Test("the browser's sign-in ends, and it goes where the client said", arguments: TestEngine.allCases)
    func logout(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            let answer = await cognito.web(
                "GET",
                "/logout",
                ["client_id": client.id, "logout_uri": "https://app.test/bye", "redirect_uri": "https://evil.test"],
                headers: cookie
            )
            #expect(answer.status == 302 && answer.location == "https://app.test/bye")
            #expect(answer.headers["Set-Cookie"]?.hasPrefix("cognito-\(client.pool)=; Path=/; Max-Age=0") == true)
            // Not only the cookie: a copy of it is worth nothing either.
            #expect(await cognito.authorize(client, cookie: cookie).location.contains("/login?"))
        }
    }

    @Test("or to sign in anew, with all scopes where none are said")
    func again() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient(["AllowedOAuthScopes": ["openid", "email"]])
            let cookie = try await cognito.browserSession(client: client)
            let answer = await cognito.web(
                "GET",
                "/logout",
                [
                    "client_id": client.id, "redirect_uri": Cognito.appCallback, "response_type": "code", "state": "s",
                    "logout_uri": "https://evil.test",
                ],
                headers: cookie
            )
            #expect(answer.location.hasPrefix("http://127.0.0.1:8484/login?client_id=\(client.id)"))
            #expect(answer.parameters["redirect_uri"] == Cognito.appCallback && answer.parameters["state"] == "s")
            #expect(answer.parameters["scope"] == "openid email" && answer.parameters["logout_uri"] == nil)
            #expect(await cognito.authorize(client, cookie: cookie).location.contains("/login?"))
        }
    }

    @Test("what names no place of the client's goes nowhere else, and ends nothing")
    func refused() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            func error(_ query: KeyValuePairs<String, String?>) async -> String? {
                let answer = await cognito.web("GET", "/logout", query, headers: cookie)
                #expect(answer.status == 302 && answer.headers["Set-Cookie"] == nil)
                #expect(answer.location.hasPrefix("http://127.0.0.1:8484/error?error="))
                return answer.parameters["error"]
            }
            let missing = "Required String parameter 'redirect_uri' is not present"
            for uri in [nil, "https://app.test/bye/", "https://APP.test/bye", "https://evil.test", Cognito.appCallback]
            {
                #expect(await error(["client_id": client.id, "logout_uri": uri]) == missing)
            }
            let foreign = "https://evil.test"
            #expect(
                await error(["client_id": client.id, "redirect_uri": foreign, "response_type": "code"])
                    == "redirect_mismatch"
            )
            #expect(
                await error(["client_id": client.id, "redirect_uri": Cognito.appCallback])
                    == "Required String parameter 'response_type' is not present"
            )
            #expect(await error([:]) == "Required String parameter 'client_id' is not present")
            #expect(await error(["client_id": "unknown", "logout_uri": "https://app.test/bye"]) == "invalid_request")
            #expect(await cognito.authorize(client, cookie: cookie).parameters["code"] != nil)
        }
    }
}
