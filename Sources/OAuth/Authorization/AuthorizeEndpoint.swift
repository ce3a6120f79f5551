package import CognitoModel
package import Domain
import HTTPTransport
package import Operations
package import Storage
import UserPools

/// `GET /oauth2/authorize`: lets a browser that is signed in go back to the client at once, and sends every other to
/// `/login` with the same parameters.
package struct AuthorizeEndpoint: Sendable {
    let sites: LoginSites
    let reader: AuthorizationRequestReader
    let authorization: Authorization

    /// What the reader costs, 1 read where there is a cookie, and what `Authorization.grant` does.
    func answer(_ routed: RoutedRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        let site = try await sites.site(of: routed)
        let request: AuthorizationRequest
        do {
            request = try await reader.read(routed.http.query, at: site)
        } catch AuthorizationRefusal.page(let text) {
            return .errorPage(text, at: site)
        } catch AuthorizationRefusal.redirect(let error, let target) {
            return target.answer(error)
        }
        trace.poolID = request.client.poolID
        do {
            if let granted = try await granted(request, routed) { return granted }
        } catch {
            // The client is known, and learns it at its own address (RFC 6749 section 4.1.2.1).
            let refusal = OAuthError(wording: error)
            trace.errorType = refusal.code.rawValue
            trace.cause = OAuthError.cause(of: error)
            return request.target.answer(refusal)
        }
        guard !request.prompts.contains("none") else { return request.target.answer(OAuthError(.loginRequired)) }
        return .found("\(site.url)/login?\(request.parameters.text)")
    }

    /// What the client asked for, where the browser's sign-in will do; nil where the user is to be asked.
    private func granted(_ request: AuthorizationRequest, _ routed: RoutedRequest) async throws -> HTTPResponse? {
        let now = routed.context.now
        guard !request.prompts.contains("login"),
            let found = try await authorization.session(of: routed, at: request.site, poolID: request.client.poolID),
            request.accepts(found, now: now)
        else { return nil }
        let activity = request.activity(routed.context)
        return try await authorization.grant(request, to: found.session, activity: activity, routed.context)
    }
}

extension AuthorizationRequest {
    /// Whether the browser's sign-in will do without asking the user: it is young enough, trusted, and as strong as the
    /// client wants.
    package func accepts(_ found: SSOSessionRepository.Found, now: Timestamp) -> Bool {
        guard isFresh(found.session, now: now), found.session.isTrusted(by: client.client, at: now) else {
            return false
        }
        return isStrongEnough(found.session, of: found.user)
    }

    /// Whether the browser's sign-in has reached the level that the client asks for, as far as the user can.
    package func isStrongEnough(_ session: SSOSession, of user: User) -> Bool {
        signInTarget?.crediting(session).isMet(for: user, in: client.pool) ?? true
    }

    /// How strongly the user is to sign in, with what they have proven in the browser before: then only the rest is
    /// asked. Not where that is too long ago, or isn't trusted any more, or the client asks for another sign-in.
    package func signInTarget(crediting session: SSOSession?, now: Timestamp) -> SignInTarget? {
        guard let session, !prompts.contains("login"), isFresh(session, now: now),
            session.isTrusted(by: client.client, at: now)
        else { return signInTarget }
        return signInTarget?.crediting(session)
    }

    /// Whether it isn't too long since the user signed in.
    func isFresh(_ session: SSOSession, now: Timestamp) -> Bool {
        maxAge.map { now.seconds - session.authTime.seconds <= $0 } ?? true
    }

    /// What is noted of the browser's sign-in; nil where the pool doesn't track sessions.
    package func activity(_ context: RequestContext) -> SessionActivity? {
        client.pool.activity(at: context.now, userAgent: context.userAgent, ipAddress: context.peerAddress)
    }
}
