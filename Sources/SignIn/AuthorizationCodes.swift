package import CognitoModel
import Cryptography
package import Domain
package import Storage

/// Authorization codes (RFC 6749 section 4.1): a browser's session gets them, and a client exchanges them for tokens.
package struct AuthorizationCodes: Sendable {
    private let store: Store
    private let tokens: TokenService
    private let identifiers: IdentifierGenerator

    package init(store: Store, tokens: TokenService, identifiers: IdentifierGenerator) {
        self.store = store
        self.tokens = tokens
        self.identifiers = identifiers
    }

    /// Makes a code for the client; nil where the browser's session has ended meanwhile, or its user was disabled or has
    /// changed their credentials. `activity` is noted of the session, where the pool tracks it. 1 write.
    package func issue(
        _ terms: AuthorizationCode.Terms,
        for session: SSOSession,
        to client: AppClient,
        activity: SessionActivity? = nil,
        now: Timestamp
    ) async throws -> String? {
        let code = try identifiers.uuid()
        let kept = AuthorizationCode(
            poolID: session.poolID,
            clientID: client.id,
            sub: session.sub,
            epoch: session.epoch,
            terms: terms,
            expiresAt: now.adding(seconds: AuthorizationCode.lifetime)
        )
        let isKept = try await store.authorizationCodes.create(
            kept,
            hash: store.vault.authorizationCodeHash(code),
            activity: activity
        )
        return isKept ? code : nil
    }

    /// Exchanges a code for tokens. `redirectURI` is what the client says that it had sent with its authorization request,
    /// `codeVerifier` its proof of having made that (RFC 7636). Throws `AuthorizationCodeFailure`. 1 read, 1 write; two RSA
    /// signatures.
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
        let session = TokenSession(
            id: try identifiers.sessionID(at: request.now),
            poolID: request.pool.id,
            sub: found.code.sub,
            clientID: request.client.id,
            originJTI: try identifiers.uuid(),
            authTime: terms.authTime,
            expiresAt: request.now.adding(seconds: try TokenValidity(request.client.configuration).refresh),
            grant: terms.grant,
            context: terms.context,
            ssoSessionID: terms.ssoSessionID
        )
        let refreshToken = try tokens.refreshToken(keys: request.poolWithKeys.keys)
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
