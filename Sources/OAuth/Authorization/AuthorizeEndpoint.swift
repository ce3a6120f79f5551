package import CognitoModel
package import Domain
import HTTPTransport
import Operations
import Storage
import UserPools

/// `GET /oauth2/authorize`: lets a browser that is signed in go back to the client at once, and sends every other to `/login`
/// with the same parameters.
package struct AuthorizeEndpoint: Sendable {
    let sites: LoginSites
    let reader: AuthorizationRequestReader
    let authorization: Authorization

    /// Up to 2 reads and 1 write.
    func answer(_ routed: RoutedRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        let site = try await sites.site(of: routed)
        let request: AuthorizationRequest
        do {
            request = try await reader.read(routed.http.query, at: site)
        } catch AuthorizationRefusal.page(let text) {
            return .found("\(site.url)/error?error=\(FormParameters.escaped(text))")
        } catch AuthorizationRefusal.redirect(let error, let target) {
            return target.answer(error)
        }
        trace.poolID = request.client.poolID
        if !request.prompts.contains("login"),
            let found = try await authorization.session(of: routed, at: site, poolID: request.client.poolID),
            request.accepts(found.session, now: routed.context.now),
            let granted = try await authorization.grant(request, to: found.session, now: routed.context.now)
        {
            return granted
        }
        guard !request.prompts.contains("none") else { return request.target.answer(OAuthError(.loginRequired)) }
        return .found("\(site.url)/login?\(request.parameters.text)")
    }
}

extension AuthorizationRequest {
    /// Whether the browser's sign-in will do without asking the user.
    package func accepts(_ session: SSOSession, now: Timestamp) -> Bool {
        let isFresh = maxAge.map { now.seconds - session.authTime.seconds <= $0 } ?? true
        return isFresh && session.isTrusted(by: client.client, at: now)
    }
}
