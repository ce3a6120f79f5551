import CognitoModel
import Cryptography
import Domain
import HTTPTransport
import Operations
import Storage
import Testing

@testable import Server

extension Cognito {
    static let callback = "https://app.example/callback"

    /// A client with the code grant for all of OpenID Connect's scopes and users' own operations.
    static let oauthClient: Members = [
        "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"], "CallbackURLs": [callback],
        "AllowedOAuthScopes": ["openid", "email", "aws.cognito.signin.user.admin"],
        "SupportedIdentityProviders": ["COGNITO"],
    ]

    /// A browser in which the user has signed in by those factors: what the pages' last step writes.
    func browser(
        _ name: String = "ada",
        proving factors: [Factor] = [.password],
        client: TestClient? = nil
    ) async throws -> Browser {
        let client = client ?? self.client
        let store = application.store
        let poolWithKeys = try await store.directory.pool(client.pool)
        let pool = poolWithKeys.pool
        let user = try await store.users.get(pool.name(name), in: pool)
        let session = SSOSession(
            id: try IdentifierGenerator(random: .system).sessionID(at: clock.now),
            poolID: pool.id,
            sub: user.sub,
            clientID: client.id,
            epoch: user.credentialEpoch,
            proven: factors.map { ProvenFactor(factor: $0, provenAt: clock.now) },
            authTime: clock.now
        )
        let cookie = Base64URL.encode(try RandomSource.system.bytes(32))
        var step = SessionRepository.Step()
        step.epoch = user.credentialEpoch
        step.openingInBrowser = (session, try store.vault.ssoCookieHash(cookie))
        if pool.sessions.isTracked {
            let activity = SessionActivity(at: clock.now, userAgent: nil, ipAddress: "192.0.2.1")
            step.tracking = (activity, pool.sessions.mostPerUser)
        }
        _ = try await store.sessions.advance(user.sub, by: step, in: pool)
        return Browser(cognito: self, client: client, session: session, cookie: cookie)
    }

    /// Answers a request of another kind than the API's.
    func get(_ path: String, query: String? = nil, headers: HTTPHeaders = [:]) async -> HTTPResponse {
        let request = HTTPRequest(
            method: "GET",
            path: path,
            query: query,
            headers: headers,
            remoteAddress: Sender.administrator.address
        )
        return await application.gateway.responder(for: request).respond()
    }
}

/// A browser that has a session's cookie.
struct Browser: Sendable {
    let cognito: Cognito
    let client: TestClient
    let session: SSOSession
    let cookie: String

    /// The session, as operations name it.
    var name: String { SessionKey(.sso, id: session.id).name ?? "" }

    /// What the authorization endpoint answers without asking the user: the parameters of the redirect to the client;
    /// nil where it sends the browser to a page.
    func authorize(_ more: [String: String] = [:]) async throws -> FormParameters? {
        var parameters = FormParameters(nil)
        let basic = ["response_type": "code", "client_id": client.id, "redirect_uri": Cognito.callback]
        for (name, value) in basic.merging(more, uniquingKeysWith: { _, new in new }) {
            parameters.append(name, value)
        }
        let answer = await cognito.get(
            "/oauth2/authorize",
            query: parameters.text,
            headers: ["Cookie": "cognito-\(client.pool)=\(cookie)", "Host": "localhost:8484"]
        )
        #expect(answer.status == 302)
        let location = try #require(answer.headers["Location"])
        guard location.hasPrefix("\(Cognito.callback)?") else { return nil }
        return FormParameters(String(location.dropFirst(Cognito.callback.count + 1)))
    }

    /// A code; nil where the user would have to sign in.
    func code(_ more: [String: String] = [:]) async throws -> String? { try await authorize(more)?["code"] }

    /// What the token endpoint gives for a code.
    func redeem(_ code: String) async throws -> JSONValue {
        var form = FormParameters(nil)
        form.append("grant_type", "authorization_code")
        form.append("client_id", client.id)
        form.append("code", code)
        form.append("redirect_uri", Cognito.callback)
        let request = HTTPRequest(
            method: "POST",
            path: "/oauth2/token",
            headers: ["Host": "localhost:8484", "Content-Type": "application/x-www-form-urlencoded"],
            body: Array(form.text.utf8),
            remoteAddress: Sender.administrator.address
        )
        let answer = await cognito.application.gateway.responder(for: request).respond()
        return try RequestDecoder.document(JSONValue.self, from: answer.body)
    }

    /// The access token that a code of the session leads to.
    func accessToken() async throws -> String {
        let code = try #require(try await code())
        return try #require(try await redeem(code)["access_token"]?.stringValue)
    }
}
