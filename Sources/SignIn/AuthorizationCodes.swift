import CognitoModel
import Cryptography
package import Domain
package import Storage
package import Triggers

/// Authorization codes (RFC 6749 section 4.1): a browser's session gets them, and a client exchanges them for tokens.
package struct AuthorizationCodes: Sendable {
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

    /// Makes a code for the request's client; nil where the browser's session has ended meanwhile, or its user was
    /// disabled or has changed their credentials. `activity` is noted of the session, where the pool tracks it. 1
    /// write, and 1 read where the pool has a function for tokens.
    ///
    /// As with Cognito the function is asked now, so that the client learns of its refusal where it learns of every
    /// other; what it says is kept with the code. Throws `TriggerFailure` where it fails: then there is no code.
    package func issue(
        _ terms: AuthorizationCode.Terms,
        for session: SSOSession,
        activity: SessionActivity?,
        _ request: SignInRequest
    ) async throws -> String? {
        var terms = terms
        if request.pool.function(for: .preTokenGeneration) != nil {
            let found = try await store.ssoSessions.find(id: session.id, poolID: request.pool.id)
            guard let found else { return nil }
            terms = terms.with(try await triggers.customization(of: terms, for: found, request))
        }
        let code = try identifiers.uuid()
        let kept = AuthorizationCode(
            poolID: session.poolID,
            clientID: request.client.id,
            sub: session.sub,
            epoch: session.epoch,
            terms: terms,
            expiresAt: request.now.adding(seconds: AuthorizationCode.lifetime)
        )
        let isKept = try await store.authorizationCodes.create(
            kept,
            hash: store.vault.authorizationCodeHash(code),
            activity: activity
        )
        return isKept ? code : nil
    }

    /// Exchanges a code for tokens. `redirectURI` is what the client says that it had sent with its authorization
    /// request, `codeVerifier` its proof of having made that (RFC 7636). Throws `AuthorizationCodeFailure`. 1 read, 1
    /// write; two RSA signatures.
    ///
    /// What is wrong about the request spends nothing. A code that was used ends what it was exchanged for.
    package func redeem(
        _ code: String,
        redirectURI: String?,
        codeVerifier: String?,
        _ request: SignInRequest
    ) async throws -> IssuedTokens {
        let hash = try store.vault.authorizationCodeHash(code)
        guard let found = try await store.authorizationCodes.find(hash: hash, poolID: request.pool.id),
            found.code.clientID == request.client.id
        else { throw AuthorizationCodeFailure.invalid }
        let terms = found.code.terms
        try Self.check(codeVerifier, against: terms.codeChallenge)
        guard terms.grant.isReadable(by: request.client) else { throw AuthorizationCodeFailure.invalid }
        guard redirectURI == terms.redirectURI else { throw AuthorizationCodeFailure.anotherRedirectURI }
        let session = try identifiers.session(
            of: found.code.sub,
            on: terms,
            lasting: TokenValidity(request.client.configuration).refresh,
            request
        )
        let refreshToken = try tokens.refreshToken()
        let isRedeemed = try await store.authorizationCodes.redeem(
            hash: hash,
            opening: session,
            refreshHash: store.vault.refreshTokenHash(refreshToken),
            tracking: request.activity.map { ($0, request.pool.sessions.mostPerUser) },
            epoch: found.code.epoch
        )
        guard isRedeemed else {
            try await store.authorizationCodes.revokeSession(of: found.code, hash: hash)
            throw AuthorizationCodeFailure.invalid
        }
        return try await tokens.issue(
            TokenService.Grant(
                user: found.user,
                groups: found.groups,
                client: request.client,
                poolWithKeys: request.poolWithKeys,
                session: session,
                refreshToken: refreshToken,
                nonce: terms.nonce,
                customization: terms.customization,
                context: request.context,
                now: request.now
            )
        )
    }

    /// A verifier without a challenge is refused as one that is wrong: whoever injects a code into another's flow would
    /// otherwise get past the proof (RFC 9700 section 4.8.2).
    private static func check(_ verifier: String?, against challenge: String?) throws {
        switch (verifier, challenge) {
        case (nil, nil): return
        case (let verifier?, let challenge?) where ProofKey.verifies(verifier, challenge): return
        default: throw AuthorizationCodeFailure.wrongCodeVerifier
        }
    }
}

extension TriggerService {
    /// What the pool's function changes about tokens on those terms, for whom a browser has signed in.
    func customization(
        of terms: AuthorizationCode.Terms,
        for found: SSOSessionRepository.Found,
        _ request: SignInRequest
    ) async throws(TriggerFailure) -> TokenCustomization? {
        try await customization(
            .tokensHostedAuth,
            of: found.user,
            groups: found.groups,
            scopes: terms.grant.scopes,
            client: request.client,
            in: request.pool,
            by: request.triggerCaller
        )
    }
}

extension IdentifierGenerator {
    /// The session that a user opens at the request's client on those terms, for so many seconds.
    func session(
        of sub: String,
        on terms: AuthorizationCode.Terms,
        lasting seconds: Int64,
        _ request: SignInRequest
    ) throws -> TokenSession {
        TokenSession(
            id: try sessionID(at: request.now),
            poolID: request.pool.id,
            sub: sub,
            clientID: request.client.id,
            originJTI: try uuid(),
            authTime: terms.authTime,
            expiresAt: request.now.adding(seconds: seconds),
            grant: terms.grant,
            context: terms.context,
            ssoSessionID: terms.ssoSessionID
        )
    }
}
