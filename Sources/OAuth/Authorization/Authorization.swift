import CognitoModel
package import Domain
package import HTTPTransport
package import Operations
import SignIn
package import Storage
package import UserPools

/// Answers authorization requests once it is known who the user is.
package struct Authorization: Sendable {
    private let services: Services
    private let codes: AuthorizationCodes
    private let implicit: ImplicitTokens

    package init(services: Services) {
        self.services = services
        codes = AuthorizationCodes(
            store: services.store,
            tokens: services.tokens,
            identifiers: services.identifiers,
            triggers: services.triggers
        )
        implicit = ImplicitTokens(
            store: services.store,
            tokens: services.tokens,
            identifiers: services.identifiers,
            triggers: services.triggers
        )
    }

    /// The browser's sign-in that a request comes with, of that pool; nil where there is none that stands. 1 read where
    /// there is a cookie.
    package func session(
        of request: RoutedRequest,
        at site: LoginSite,
        poolID: String
    ) async throws -> SSOSessionRepository.Found? {
        guard let cookie = SSOCookie(of: poolID, at: site).value(in: request.http) else { return nil }
        return try await services.store.ssoSessions.find(
            cookieHash: services.store.vault.ssoCookieHash(cookie),
            poolID: poolID
        )
    }

    /// Ends the sign-in that a browser has when it signs in anew, so that its cookie, if anybody has a copy, serves no
    /// more. 1 write where there is a cookie.
    package func endSession(of request: RoutedRequest, at site: LoginSite, poolID: String) async throws {
        guard let cookie = SSOCookie(of: poolID, at: site).value(in: request.http) else { return }
        let hash = try services.store.vault.ssoCookieHash(cookie)
        try await services.store.ssoSessions.end(cookieHash: hash, poolID: poolID)
    }

    /// Sends the browser back to the client with what it asked for: a code, or the tokens of the implicit grant. Nil
    /// where the browser's sign-in has ended meanwhile, so that the user has to sign in. `activity` is noted of that
    /// sign-in, where the pool tracks it. 1 write; for the implicit grant 1 read and two RSA signatures too, and for a
    /// code 1 read where the pool has a function for tokens. Where that function refuses, the client is told so at its
    /// own address.
    package func grant(
        _ request: AuthorizationRequest,
        to session: SSOSession,
        activity: SessionActivity? = nil,
        _ context: RequestContext
    ) async throws -> HTTPResponse? {
        do {
            return try await granted(request, to: session, activity: activity, context)
        } catch let failure as TriggerFailure {
            return request.target.answer(failure.oauthError)
        }
    }

    private func granted(
        _ request: AuthorizationRequest,
        to session: SSOSession,
        activity: SessionActivity?,
        _ context: RequestContext
    ) async throws -> HTTPResponse? {
        let terms = AuthorizationCode.Terms(
            redirectURI: request.target.uri,
            grant: request.grant,
            nonce: request.nonce,
            codeChallenge: request.codeChallenge,
            context: request.signInTarget.flatMap { _ in session.proven.context(in: request.client.pool) },
            authTime: session.authTime,
            ssoSessionID: session.id
        )
        let signIn = SignInRequest(
            client: request.client.client,
            poolWithKeys: request.client.poolWithKeys,
            parameters: SignInParameters([:]),
            surface: .pages,
            context: SignInContext(context),
            now: context.now
        )
        var answer = FormParameters(nil)
        switch request.responseType {
        case .code:
            guard let code = try await codes.issue(terms, for: session, activity: activity, signIn) else { return nil }
            answer.append("code", code)
        case .token:
            guard let tokens = try await implicit.issue(terms, for: session, activity: activity, signIn) else {
                return nil
            }
            answer.append("id_token", tokens.id)
            answer.append("access_token", tokens.access)
            answer.append("token_type", "bearer")
            answer.append("expires_in", "\(tokens.expiresIn)")
        }
        return request.target.answer(answer)
    }
}
