import CognitoModel
package import Domain
package import Storage
package import Triggers

/// Tokens of a browser's sign-in for a client that can't keep a secret (RFC 6749 section 4.2). There is no refresh
/// token.
package struct ImplicitTokens: Sendable {
    private let store: Store
    private let tokens: TokenService
    private let identifiers: IdentifierGenerator
    private let triggers: TriggerService

    package init(
        store: Store,
        tokens: TokenService,
        identifiers: IdentifierGenerator,
        triggers: TriggerService
    ) {
        self.store = store
        self.tokens = tokens
        self.identifiers = identifiers
        self.triggers = triggers
    }

    /// The tokens; nil where the browser's sign-in has ended meanwhile, or its user was disabled or has changed their
    /// credentials. `activity` is noted of the session, where the pool tracks it. 1 read, 1 write; two RSA signatures,
    /// one without an ID token. Throws `TriggerFailure` where the pool's function fails, before anything is written.
    package func issue(
        _ terms: AuthorizationCode.Terms,
        for browser: SSOSession,
        activity: SessionActivity?,
        _ request: SignInRequest
    ) async throws -> IssuedTokens? {
        guard let found = try await store.ssoSessions.find(id: browser.id, poolID: request.pool.id) else { return nil }
        let customization = try await triggers.customization(of: terms, for: found, request)
        let session = try identifiers.session(
            of: found.user.sub,
            on: terms,
            lasting: TokenValidity(request.client.configuration).access,
            request
        )
        let isOpen = try await store.ssoSessions.open(
            session,
            of: found.session,
            tracking: activity.map { ($0, request.pool.sessions.mostPerUser) }
        )
        guard isOpen else { return nil }
        return try await tokens.issue(
            TokenService.Grant(
                user: found.user,
                groups: found.groups,
                client: request.client,
                poolWithKeys: request.poolWithKeys,
                session: session,
                refreshToken: nil,
                nonce: terms.nonce,
                customization: customization,
                context: request.context,
                now: request.now
            )
        )
    }
}
