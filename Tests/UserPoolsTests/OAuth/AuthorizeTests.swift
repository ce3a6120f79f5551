import CognitoModel
import Cryptography
import DatabaseTestSupport
import HTTPTransport
import Operations
import Testing
import UserPools

/// `/oauth2/authorize`.
@Suite struct AuthorizeTests {
    @Test("whoever isn't signed in is sent to sign in, with the same parameters", arguments: ["GET", "HEAD"])
    func login(method: String) async throws {
        try await Cognito.run { cognito in
            let client = try await cognito.makeWebClient()
            let more: KeyValuePairs<String, String?> = [
                "login_hint": "ada", "lang": "ja", "identity_provider": "COGNITO", "state": "s&t=u",
            ]
            let answer = await cognito.authorize(client, more, method: method)
            #expect(answer.status == 302 && answer.location.hasPrefix("http://127.0.0.1:8484/login?"))
            for (name, value) in more { #expect(answer.parameters[name] == value) }
            #expect(answer.parameters["client_id"] == client.id)
        }
    }

    /// Without a redirect URI that is the client's nothing is sent there (RFC 6749 section 4.1.2.1).
    @Test("what isn't known to be the client's is told on the page")
    func page() async throws {
        try await Cognito.run { cognito in
            let client = try await cognito.makeWebClient()
            func error(
                _ client: TestClient,
                _ more: KeyValuePairs<String, String?> = [:],
                redirectURI: String? = Cognito.appCallback
            ) async -> String? {
                let answer = await cognito.authorize(client, more, redirectURI: redirectURI)
                #expect(answer.status == 302 && answer.location.hasPrefix("http://127.0.0.1:8484/error?error="))
                return answer.parameters["error"]
            }
            for uri in Self.foreignURIs {
                #expect(await error(client, redirectURI: uri) == "redirect_mismatch", "\(uri)")
            }
            let unknown = TestClient(id: "unknown", pool: "", secret: nil)
            #expect(await error(unknown) == "invalid_request")
            #expect(await error(client, ["client_id": "twice"]) == "invalid_request")
            #expect(await error(client, ["redirect_uri": "https://evil.test"]) == "invalid_request")
            let absent = await cognito.web("GET", "/oauth2/authorize", ["response_type": "code"])
            #expect(absent.parameters["error"] == "Required String parameter 'client_id' is not present")

            let machine = try await cognito.makeClient(["SupportedIdentityProviders": ["COGNITO"]])
            #expect(await error(machine) == "redirect_mismatch")
            #expect(await error(machine, redirectURI: nil) == "redirect_mismatch")
            let two: Members = ["CallbackURLs": [Cognito.appCallback, "https://app.test/second"]]
            let several = try await cognito.makeWebClient(two)
            let missing = "Required String parameter 'redirect_uri' is not present"
            #expect(await error(several, redirectURI: nil) == missing)

            let noProvider = "Login option is not available. Please try another one"
            let foreign = try await cognito.makeWebClient(["SupportedIdentityProviders": [String]()])
            #expect(await error(foreign) == noProvider)
            #expect(await error(client, ["identity_provider": "Corp"]) == noProvider)
        }
    }

    /// Variants of `https://app.test/callback`, of which none is it.
    static let foreignURIs = [
        "https://app.test/callback/", "https://app.test/callback?", "https://app.test/callback?a=b",
        "https://app.test/callback#", "https://app.test/Callback", "https://APP.test/callback",
        "HTTPS://app.test/callback", "http://app.test/callback", "https://app.test:443/callback",
        "https://app.test:8443/callback", "https://app.test./callback", "https://app.test//callback",
        "https://app.test/./callback", "https://app.test/x/../callback", "https://app.test/callback/..",
        "https://app.test/%63allback", "https://app.test%2Fcallback", "https://app.test/callback%00",
        "https://app.test/callback%20", " https://app.test/callback", "https://app.test/callback ",
        "https://user@app.test/callback", "https://app.test@evil.test/callback", "https://evil.test/callback",
        "https://app.test.evil.test/callback", "https://evil.test/https://app.test/callback",
        "https://evil.test?https://app.test/callback", "https://evil.test#https://app.test/callback",
        "https://app.test\\@evil.test/callback", "https://app.test/callback\r\nX: y", "https://app.test/callback\u{0}",
        "//app.test/callback", "/callback", "app.test/callback", "javascript:alert(1)", "data:text/html,x",
        "https://аpp.test/callback", "https://app.test/callback\u{301}", "https://app.test/callbac\u{212A}",
        "https:/app.test/callback", "https:app.test/callback", "https:///app.test/callback",
        "https://app.test/callback;x", "https://app.test/callback&x=y", "https://app.test/callbackx",
        "https://app.test/callbac", "https://app.test", "https://app.test/", "urn:ietf:wg:oauth:2.0:oob", "*",
    ]

    @Test("a client with one callback needn't name it")
    func onlyCallback() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            let answer = await cognito.authorize(client, redirectURI: nil, cookie: cookie)
            #expect(answer.location.hasPrefix("\(Cognito.appCallback)?code="))
        }
    }

    @Test(
        "what is wrong otherwise the client learns, with its state",
        arguments: [
            (nil, [:], "invalid_request"), ("id_token", [:], "unsupported_response_type"),
            ("code token", [:], "unsupported_response_type"), ("code", ["code_challenge": "x"], "invalid_request"),
            ("code", ["code_challenge_method": "S256"], "invalid_request"),
            ("code", ["code_challenge": String(repeating: "A", count: 43)], "invalid_request"),
            (
                "code", ["code_challenge": String(repeating: "A", count: 43), "code_challenge_method": "plain"],
                "invalid_request"
            ),
            ("code", ["scope": "openid unknown"], "invalid_scope"), ("code", ["scope": "email"], "invalid_scope"),
            ("code", ["scope": "openid https://api.test/read"], "invalid_scope"),
            ("code", ["resource": "no url"], "invalid_request"), ("code", ["max_age": "-1"], "invalid_request"),
            ("code", ["max_age": "soon"], "invalid_request"), ("code", ["prompt": "none"], "login_required"),
            ("code", ["prompt": "none login"], "invalid_request"),
        ] as [(String?, [String: String], String)]
    )
    func redirected(type: String?, parameters: [String: String], error: String) async throws {
        try await Cognito.run { cognito in
            let client = try await cognito.makeWebClient()
            var query = FormParameters(nil)
            query.append("response_type", type)
            query.append("client_id", client.id)
            query.append("redirect_uri", Cognito.appCallback)
            query.append("state", "s")
            for (name, value) in parameters { query.append(name, value) }
            let request = HTTPRequest(
                method: "GET",
                path: "/oauth2/authorize",
                query: query.text,
                headers: ["Host": Cognito.plainHost],
                remoteAddress: "192.0.2.1"
            )
            let answer = await cognito.send(request)
            #expect(answer.location == "\(Cognito.appCallback)?state=s&error=\(error)")
        }
    }

    @Test("a grant that isn't the client's")
    func notAllowed() async throws {
        try await Cognito.run { cognito in
            let client = try await cognito.makeWebClient(["AllowedOAuthFlows": ["code"]])
            let answer = await cognito.authorize(client, type: "token")
            #expect(answer.location == "\(Cognito.appCallback)#error=unauthorized_client")
            let implicit = try await cognito.makeWebClient(["AllowedOAuthFlows": ["implicit"]])
            let code = await cognito.authorize(implicit)
            #expect(code.location == "\(Cognito.appCallback)?error=unauthorized_client")
            let off = try await cognito.makeWebClient(["AllowedOAuthFlowsUserPoolClient": false])
            #expect(await cognito.authorize(off).parameters["error"] == "unauthorized_client")
        }
    }

    @Test("a browser that is signed in goes back at once, unless the client wants more", arguments: TestEngine.allCases)
    func session(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            func hasCode(_ more: KeyValuePairs<String, String?> = [:]) async -> Bool {
                await cognito.authorize(client, more, cookie: cookie).parameters["code"] != nil
            }
            cognito.clock.advance(.minutes(2))
            for prompt in [nil, "none", "select_account", "consent"] { #expect(await hasCode(["prompt": prompt])) }
            #expect(await hasCode(["max_age": "120"]))
            #expect(await !hasCode(["max_age": "119"]))
            #expect(await !hasCode(["max_age": "0"]))
            #expect(await !hasCode(["prompt": "login"]))
            let old = await cognito.authorize(client, ["max_age": "60", "prompt": "none"], cookie: cookie)
            #expect(old.parameters["error"] == "login_required")
            // The hour counts from the sign-in, whatever it was used for.
            cognito.clock.advance(.minutes(57))
            #expect(await hasCode())
            cognito.clock.advance(.minutes(1))
            #expect(await !hasCode())
        }
    }

    @Test("a cookie of nobody's, twice the cookie, and that of a user who changed their password")
    func cookies() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            func code(_ cookie: HTTPHeaders) async -> String? {
                await cognito.authorize(client, cookie: cookie).parameters["code"]
            }
            let name = "cognito-\(client.pool)"
            #expect(await code(["Cookie": "\(name)=\(String(repeating: "x", count: 43))"]) == nil)
            #expect(await code(["Cookie": "\(name)="]) == nil)
            let own = try #require(cookie["Cookie"])
            #expect(await code(["Cookie": "\(name)=tossed; \(own)"]) == nil)
            #expect(await code(["Cookie": "a=b; \(own); c=d"]) != nil)
            let password: Members = ["Password": "An0ther!", "Permanent": true]
            try await cognito.ok(AdminSetUserPassword.self, cognito.named("ada", password))
            #expect(await code(cookie) == nil)
        }
    }

    @Test("the implicit grant answers in the fragment, and never with a refresh token", arguments: TestEngine.allCases)
    func implicit(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            let scope = "openid aws.cognito.signin.user.admin"
            let more: KeyValuePairs<String, String?> = ["scope": scope, "state": "s", "nonce": "n"]
            let answer = await cognito.authorize(client, more, type: "token", cookie: cookie)
            #expect(answer.status == 302 && answer.location.hasPrefix("\(Cognito.appCallback)#id_token="))
            let names = answer.parameters.pairs.map(\.name)
            #expect(names == ["id_token", "access_token", "token_type", "expires_in", "state"])
            #expect(answer.parameters["token_type"] == "bearer" && answer.parameters["expires_in"] == "3600")
            let access = try #require(answer.parameters["access_token"])
            let id = try cognito.claims(try #require(answer.parameters["id_token"]))
            #expect(id["nonce"] == .string("n"))
            let digest = SHA256.digest(Array(access.utf8))
            #expect(id["at_hash"] == .string(Base64URL.encode(Array(digest.prefix(16)))))
            #expect(await cognito.call(GetUser.self, ["AccessToken": access]).string("Username") == "ada")

            let plain = await cognito.authorize(
                client,
                ["scope": "aws.cognito.signin.user.admin"],
                type: "token",
                cookie: cookie
            )
            #expect(plain.parameters["id_token"] == nil && plain.parameters["access_token"] != nil)
            try await cognito.disable()
            let after = await cognito.authorize(client, more, type: "token", cookie: cookie)
            #expect(after.location.hasPrefix("http://127.0.0.1:8484/login?"))
        }
    }

    @Test("a client of another pool's domain is none of this one's")
    func anotherDomain() async throws {
        try await Cognito.run { cognito in
            let other = try await cognito.makePool()
            let name = "d" + cognito.pool.filter(\.isLetter).lowercased().suffix(6) + "x\(cognito.clock.now.seconds)"
            try await cognito.ok(CreateUserPoolDomain.self, ["UserPoolId": cognito.pool, "Domain": name])
            let host = "\(name).auth.us-east-1.localhost"
            let (own, foreign) = (try await cognito.makeWebClient(), try await cognito.makeWebClient(in: other))
            let answer = await cognito.authorize(own, host: host)
            #expect(answer.location.hasPrefix("http://\(host):8484/login?"))
            let refused = await cognito.authorize(foreign, host: host)
            #expect(refused.location == "http://\(host):8484/error?error=invalid_request")
            let token = await cognito.token(foreign, "refresh_token", ["refresh_token": "x"], host: host)
            #expect(token.error == "invalid_client")
        }
    }

    @Test("the resource is the access token's audience, and stays")
    func resource() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let client = try await cognito.makeWebClient()
            let cookie = try await cognito.browserSession(client: client)
            let answer = await cognito.authorize(client, ["resource": "https://api.test"], cookie: cookie)
            let code = try #require(answer.parameters["code"])
            let tokens = await cognito.token(
                client,
                "authorization_code",
                ["code": code, "redirect_uri": Cognito.appCallback]
            )
            let refresh = try tokens.required("refresh_token")
            let again = await cognito.token(client, "refresh_token", ["refresh_token": refresh])
            for answer in [tokens, again] {
                let claims = try cognito.claims(try answer.required("access_token"))
                #expect(claims["aud"] == .string("https://api.test"))
            }
        }
    }
}
