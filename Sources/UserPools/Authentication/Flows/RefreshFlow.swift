import CognitoModel
import Domain
import Storage

extension SignIn {
    /// REFRESH_TOKEN_AUTH: new ID and access tokens, the refresh token stays. 1 read, nothing written; two RSA
    /// signatures.
    func refresh(_ parameters: SignInParameters) async throws -> SignInAnswer {
        guard client.rotationGracePeriod == nil else { throw CognitoError.refreshRotationEnabled }
        let found = try await refreshable(try parameters.required("REFRESH_TOKEN"))
        let names =
            [found.user.username, found.user.sub]
            + pool.signInNames.aliases(of: found.user.attributes)
            .compactMap { found.user.attributes[$0.attribute] }
        try client.checkSecretHash(parameters["SECRET_HASH"], usernames: names)
        guard found.supersededAt == nil else { throw CognitoError.refreshTokenRevoked }
        return try tokens(for: found.user, of: found.session, refreshToken: nil)
    }

    /// GetTokensFromRefreshToken: as REFRESH_TOKEN_AUTH, and where the client rotates, a new refresh token for the old.
    /// A token that comes again after its grace period is stolen or copied: the whole sign-in ends.
    func rotate(_ refreshToken: String) async throws -> SignInAnswer {
        let found = try await refreshable(refreshToken)
        guard let grace = client.rotationGracePeriod else {
            guard found.supersededAt == nil else { throw CognitoError.refreshTokenRevoked }
            return try tokens(for: found.user, of: found.session, refreshToken: nil)
        }
        let next = try services.tokens.refreshToken(keys: entry.keys)
        let isRotated = try await services.store.sessions.rotate(
            found.session,
            from: services.store.vault.refreshTokenHash(refreshToken),
            to: services.store.vault.refreshTokenHash(next),
            now: now,
            graceSeconds: grace
        )
        guard isRotated else {
            try await services.store.sessions.revoke(found.session, now: now)
            throw CognitoError.refreshTokenReused
        }
        return try tokens(for: found.user, of: found.session, refreshToken: next)
    }

    /// The sign-in of a refresh token that may still be used. 1 read.
    private func refreshable(_ token: String) async throws -> SessionRepository.Refreshable {
        let hash = try services.store.vault.refreshTokenHash(token)
        guard let found = try await services.store.sessions.find(refreshHash: hash, poolID: pool.id),
            found.session.clientID == client.id
        else { throw CognitoError.invalidRefreshToken }
        guard !found.isRevoked else { throw CognitoError.refreshTokenRevoked }
        guard now < found.session.expiresAt else { throw CognitoError.refreshTokenExpired }
        guard found.user.isEnabled else { throw CognitoError.userDisabled }
        return found
    }
}
