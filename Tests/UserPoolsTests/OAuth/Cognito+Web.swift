import CognitoModel
import Cryptography
import Domain
import HTTPTransport
import Messaging
import Operations
import Storage
import Testing
import UserPools

@testable import Server

/// What an endpoint answered.
struct WebAnswer: Sendable, CustomStringConvertible {
    let status: Int
    let headers: HTTPHeaders
    let text: String
    let json: JSONValue?

    init(_ response: HTTPResponse) {
        status = response.status
        headers = response.headers
        text = String(decoding: response.body, as: UTF8.self)
        json = try? RequestDecoder.document(JSONValue.self, from: response.body)
    }

    var description: String { "\(status) \(headers["Location"] ?? "") \(text)" }

    /// `error` of a body.
    var error: String? { json?["error"]?.stringValue }

    func string(_ name: String) -> String? { json?[name]?.stringValue }

    func required(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        try #require(string(name), "\(self)", sourceLocation: sourceLocation)
    }

    /// Where it sends the browser.
    var location: String { headers["Location"] ?? "" }

    /// What the address has in its query, or in its fragment.
    var parameters: FormParameters {
        FormParameters(location.firstIndex { $0 == "?" || $0 == "#" }.map { String(location[$0...].dropFirst()) })
    }
}

extension Cognito {
    static let plainHost = "127.0.0.1"
    static let appCallback = "https://app.test/callback"

    /// What answers the request.
    func send(_ request: HTTPRequest) async -> WebAnswer {
        let answer = WebAnswer(await application.gateway.responder(for: request).respond())
        await application.messages.drain()
        return answer
    }

    /// What a request has that the transport refuses.
    func reject(_ request: HTTPRequest, _ rejection: HTTPRejection) -> WebAnswer {
        WebAnswer(application.gateway.reject(rejection, request))
    }

    /// Asks an endpoint.
    func web(
        _ method: String = "GET",
        _ path: String,
        _ parameters: KeyValuePairs<String, String?> = [:],
        headers: HTTPHeaders = [:],
        host: String = plainHost,
        address: String = "192.0.2.1"
    ) async -> WebAnswer {
        var form = FormParameters(nil)
        for (name, value) in parameters { form.append(name, value) }
        var headers = headers
        headers.append("Host", host)
        let isForm = method == "POST"
        if isForm { headers.append("Content-Type", "application/x-www-form-urlencoded") }
        let request = HTTPRequest(
            method: method,
            path: path,
            query: isForm || parameters.isEmpty ? nil : form.text,
            headers: headers,
            body: isForm ? Array(form.text.utf8) : [],
            remoteAddress: address
        )
        return await send(request)
    }

    /// Asks the token endpoint as the client, which proves itself in the form.
    func token(
        _ client: TestClient,
        _ grant: String,
        _ parameters: KeyValuePairs<String, String?> = [:],
        host: String = plainHost
    ) async -> WebAnswer {
        let own: [(String, String?)] = [
            ("grant_type", grant), ("client_id", client.id), ("client_secret", client.secret),
        ]
        var form = FormParameters(nil)
        for (name, value) in own + parameters.map({ ($0.key, $0.value) }) { form.append(name, value) }
        let request = HTTPRequest(
            method: "POST",
            path: "/oauth2/token",
            headers: ["Host": host, "Content-Type": "application/x-www-form-urlencoded"],
            body: Array(form.text.utf8),
            remoteAddress: "192.0.2.1"
        )
        return await send(request)
    }

    /// A client that users sign in to, which may use the API too.
    func makeWebClient(_ settings: Members = [:], in pool: String? = nil) async throws -> TestClient {
        let web: Members = [
            "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code", "implicit"],
            "AllowedOAuthScopes": ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"],
            "CallbackURLs": [Self.appCallback], "LogoutURLs": ["https://app.test/bye"],
            "SupportedIdentityProviders": ["COGNITO"],
        ]
        return try await makeClient(web.with(settings), in: pool)
    }

    /// A resource server `https://api.test` with two scopes.
    func addResourceServer(_ identifier: String = "https://api.test") async throws {
        let scopes: [Members] = ["read", "write"].map { ["ScopeName": $0, "ScopeDescription": $0] }
        let input: Members = ["UserPoolId": pool, "Identifier": identifier, "Name": "API", "Scopes": scopes]
        try await ok(CreateResourceServer.self, input)
    }

    /// Signs a user in at the pages, and gives the cookie that the browser has then.
    func browserSession(
        of name: String = "ada",
        client: TestClient,
        at host: String = plainHost
    ) async throws -> HTTPHeaders {
        let found = try await application.store.directory.pool(client.pool)
        let user = try await application.store.users.get(found.pool.name(name), in: found.pool)
        let cookie = Base64URL.encode(try RandomSource.system.bytes(32))
        let session = SSOSession(
            id: try IdentifierGenerator(random: .system).sessionID(at: clock.now),
            poolID: client.pool,
            sub: user.sub,
            clientID: client.id,
            epoch: user.credentialEpoch,
            proven: [],
            authTime: clock.now
        )
        var step = SessionRepository.Step()
        step.epoch = user.credentialEpoch
        step.openingInBrowser = (session, try application.store.vault.ssoCookieHash(cookie))
        _ = try await application.store.sessions.advance(user.sub, by: step, in: found.pool)
        let cookieName = host == Self.plainHost ? "cognito-\(client.pool)" : "cognito"
        return ["Cookie": "\(cookieName)=\(cookie)"]
    }

    /// Asks the authorization endpoint for a code, with what else is given.
    func authorize(
        _ client: TestClient,
        _ parameters: KeyValuePairs<String, String?> = [:],
        type: String? = "code",
        redirectURI: String? = appCallback,
        cookie: HTTPHeaders = [:],
        method: String = "GET",
        host: String = plainHost
    ) async -> WebAnswer {
        let own: [(String, String?)] = [
            ("response_type", type), ("client_id", client.id), ("redirect_uri", redirectURI),
        ]
        var query = FormParameters(nil)
        for (name, value) in own + parameters.map({ ($0.key, $0.value) }) { query.append(name, value) }
        var headers = cookie
        headers.append("Host", host)
        let request = HTTPRequest(
            method: method,
            path: "/oauth2/authorize",
            query: query.text,
            headers: headers,
            remoteAddress: "192.0.2.1"
        )
        return await send(request)
    }

    /// The tokens of a code grant.
    func tokensByCode(
        _ client: TestClient,
        scope: String? = "openid",
        cookie: HTTPHeaders
    ) async throws -> WebAnswer {
        let answer = await authorize(client, ["scope": scope], cookie: cookie)
        let code = try #require(answer.parameters["code"], "\(answer)")
        return await token(client, "authorization_code", ["code": code, "redirect_uri": Self.appCallback])
    }
}
