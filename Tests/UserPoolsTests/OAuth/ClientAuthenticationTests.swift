import CognitoModel
import Cryptography
import Domain
import HTTPTransport
import Testing
import UserPools

/// How clients prove themselves at the token endpoint, and what each of its answers carries.
@Suite struct ClientAuthenticationTests {
    static let machine: Members = [
        "GenerateSecret": true, "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["client_credentials"],
        "AllowedOAuthScopes": ["https://api.test/read"],
    ]

    private static func basic(_ text: String) -> HTTPHeaders {
        ["Authorization": "Basic \(Base64.encode(Array(text.utf8)))"]
    }

    @Test("by the header, by the form, and by one of them only")
    func ways() async throws {
        try await Cognito.run { cognito in
            try await cognito.addResourceServer()
            let client = try await cognito.makeClient(Self.machine)
            let secret = try #require(client.secret)
            func ask(_ headers: HTTPHeaders, _ id: String?, _ secret: String?) async -> WebAnswer {
                await cognito.web(
                    "POST",
                    "/oauth2/token",
                    ["grant_type": "client_credentials", "client_id": id, "client_secret": secret],
                    headers: headers
                )
            }
            let right = Self.basic("\(client.id):\(secret)")
            #expect(await ask(right, nil, nil).status == 200)
            #expect(await ask(right, client.id, nil).status == 200)
            #expect(await ask([:], client.id, secret).status == 200)
            for (headers, id, given) in [(right, client.id, secret), (right, "other", nil)]
                as [(HTTPHeaders, String?, String?)]
            {
                let answer = await ask(headers, id, given)
                #expect(answer.status == 400 && answer.error == "invalid_request")
            }
            let nobody = await ask([:], nil, nil)
            #expect(nobody.status == 400 && nobody.text == #"{"error":"invalid_request"}"#)
            for (id, given) in [(client.id, nil), (client.id, "wrong"), ("unknown", secret)] as [(String, String?)] {
                let answer = await ask([:], id, given)
                #expect(answer.status == 400 && answer.text == #"{"error":"invalid_client"}"#)
            }
            for text in ["\(client.id):wrong", "unknown:\(secret)", client.id] {
                let answer = await ask(Self.basic(text), nil, nil)
                #expect(answer.status == 401 && answer.text == #"{"error":"invalid_client"}"#)
                #expect(answer.headers["WWW-Authenticate"]?.hasPrefix("Basic ") == true)
            }
        }
    }

    @Test("a secret with characters of a form's own is taken as it stands, and encoded")
    func plus() async throws {
        try await Cognito.run { cognito in
            try await cognito.addResourceServer()
            let secret = "a+b" + String(repeating: "c", count: 30)
            let given: Members = ["GenerateSecret": false, "ClientSecret": secret]
            let client = try await cognito.makeClient(Self.machine.with(given))
            for text in [secret, secret.replacing("+", with: "%2B")] {
                let answer = await cognito.web(
                    "POST",
                    "/oauth2/token",
                    ["grant_type": "client_credentials"],
                    headers: Self.basic("\(client.id):\(text)")
                )
                #expect(answer.status == 200, "\(text)")
            }
        }
    }

    @Test("either of two secrets does")
    func twoSecrets() async throws {
        try await Cognito.run { cognito in
            try await cognito.addResourceServer()
            let client = try await cognito.makeClient(Self.machine)
            let input: Members = ["UserPoolId": cognito.pool, "ClientId": client.id]
            let added = try await cognito.ok(AddUserPoolClientSecret.self, input)
            let second = try added.text("ClientSecretDescriptor.ClientSecretValue")
            for secret in [client.secret, second] {
                let either = TestClient(id: client.id, pool: client.pool, secret: secret)
                #expect(await cognito.token(either, "client_credentials").status == 200)
            }
        }
    }

    @Test("what isn't a form, names no grant or another, or says something twice")
    func malformed() async throws {
        try await Cognito.run { cognito in
            let client = try await cognito.makeWebClient()
            let json = HTTPRequest(
                method: "POST",
                path: "/oauth2/token",
                headers: ["Host": Cognito.plainHost, "Content-Type": "application/json"],
                body: Array(#"{"grant_type":"refresh_token","client_id":"\#(client.id)"}"#.utf8),
                remoteAddress: "192.0.2.1"
            )
            let answer = await cognito.send(json)
            #expect(answer.status == 400 && answer.error == "invalid_request")
            #expect(await cognito.web("POST", "/oauth2/token", ["client_id": client.id]).error == "invalid_request")
            for grant in ["password", "urn:ietf:params:oauth:grant-type:device_code", "x"] {
                #expect(await cognito.token(client, grant).error == "unsupported_grant_type")
            }
            let twice = await cognito.token(client, "refresh_token", ["refresh_token": "a", "refresh_token": "b"])
            #expect(twice.error == "invalid_request")
        }
    }

    @Test(
        "other methods have 405 and no body",
        arguments: [
            ("GET", "/oauth2/token"), ("PUT", "/oauth2/token"), ("GET", "/oauth2/revoke"),
            ("POST", "/oauth2/authorize"),
            ("DELETE", "/oauth2/userInfo"), ("POST", "/logout"), ("OPTIONS", "/oauth2/authorize"),
            ("OPTIONS", "/logout"), ("GET", "/oauth2/register"),
        ]
    )
    func otherMethods(method: String, path: String) async throws {
        try await Cognito.run { cognito in
            let answer = await cognito.web(method, path)
            #expect(answer.status == 405 && answer.text.isEmpty && answer.headers["Allow"] != nil)
        }
    }

    @Test("pages of other origins may ask for tokens and users, and nothing else")
    func crossOrigin() async throws {
        try await Cognito.run { cognito in
            for path in ["/oauth2/token", "/oauth2/revoke", "/oauth2/userInfo"] {
                let asked = await cognito.web(
                    "OPTIONS",
                    path,
                    headers: ["Access-Control-Request-Headers": "authorization"]
                )
                #expect(asked.status == 200 && asked.headers.values("Access-Control-Allow-Origin") == ["*"])
                #expect(asked.headers["Access-Control-Allow-Headers"] == "authorization")
                let answer = await cognito.web("POST", path)
                #expect(answer.headers.values("Access-Control-Allow-Origin") == ["*"], "\(path)")
            }
            for path in ["/oauth2/authorize", "/logout"] {
                let answer = await cognito.web("GET", path)
                #expect(answer.status == 302 && answer.headers["Access-Control-Allow-Origin"] == nil, "\(path)")
            }
            #expect(await cognito.web("POST", "/oauth2/register").headers["Access-Control-Allow-Origin"] == nil)
        }
    }

    @Test("no answer is kept or sniffed, and each has its id")
    func headers() async throws {
        try await Cognito.run { cognito in
            for (method, path) in [
                ("POST", "/oauth2/token"), ("GET", "/oauth2/authorize"), ("GET", "/oauth2/userInfo"),
            ] {
                let headers = await cognito.web(method, path).headers
                #expect(headers.values("Cache-Control") == ["no-cache, no-store, max-age=0, must-revalidate"])
                #expect(headers["Pragma"] == "no-cache" && headers["X-Content-Type-Options"] == "nosniff")
                #expect(headers["x-amz-cognito-request-id"] == headers["x-amzn-RequestId"])
            }
            let type = await cognito.web("POST", "/oauth2/token").headers["Content-Type"]
            #expect(type == "application/json;charset=UTF-8")
        }
    }

    @Test(
        "what the transport refuses is in OAuth's words",
        arguments: [HTTPRejection.overloaded, .stopping, .malformed]
    )
    func rejected(rejection: HTTPRejection) async throws {
        try await Cognito.run { cognito in
            func reject(_ path: String) -> WebAnswer {
                let request = HTTPRequest(method: "POST", path: path, remoteAddress: "192.0.2.1")
                return cognito.reject(request, rejection)
            }
            let token = reject("/oauth2/token")
            let isMalformed = if case .malformed = rejection { true } else { false }
            #expect(token.status == (isMalformed ? 400 : 503))
            #expect(token.error == (isMalformed ? "invalid_request" : "temporarily_unavailable"))
            #expect(token.headers["Access-Control-Allow-Origin"] == "*")
            let page = reject("/oauth2/authorize")
            #expect(page.headers["Content-Type"] == "text/plain; charset=utf-8" && page.json == nil)
            #expect(page.headers["Access-Control-Allow-Origin"] == nil)
            #expect(reject("/").json?["__type"] != nil || rejection.isStopping)
        }
    }
}

extension HTTPRejection {
    fileprivate var isStopping: Bool { if case .stopping = self { true } else { false } }
}
