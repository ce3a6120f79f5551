import CognitoModel
import Domain
import Storage
import Triggers

/// New tokens for a refresh token: REFRESH_TOKEN_AUTH, GetTokensFromRefreshToken, and OAuth's grant `refresh_token`.
///
/// The pool's function is asked each time, before anything is written: where it fails, the refresh token stays as it
/// was.
struct RefreshTokens: Sendable {
    let store: Store
    let tokens: TokenService
    let triggers: TriggerService

    /// REFRESH_TOKEN_AUTH: new ID and access tokens, the refresh token stays. 1 read, nothing written, but for 1 write
    /// where the pool tracks sessions; two RSA signatures.
    func refresh(_ request: SignInRequest) async throws -> IssuedTokens {
        let client = request.client
        guard client.rotationGracePeriod == nil else { throw TokenFailure.rotationEnabled }
        let found = try await refreshable(try request.parameters.required("REFRESH_TOKEN"), request)
        let names =
            [found.user.username, found.user.sub]
            + request.pool.signInNames.aliases(of: found.user.attributes)
            .compactMap { found.user.attributes[$0.attribute] }
        try client.checkSecretHash(request.parameters["SECRET_HASH"], usernames: names)
        guard found.supersededAt == nil else { throw TokenFailure.refreshTokenRevoked }
        // ClientMetadata of InitiateAuth reaches no function of this trigger.
        let customization = try await customization(found, request, by: request.triggerCaller.withoutMetadata)
        if let activity = request.activity { try await store.sessions.touch(found.session, activity) }
        return try await issue(found, customization, refreshToken: nil, request)
    }

    /// GetTokensFromRefreshToken: as REFRESH_TOKEN_AUTH, and where the client rotates, a new refresh token for the old.
    /// A token that comes again after its grace period is stolen or copied: the whole sign-in ends. 1 read, and where
    /// the client rotates 1 write; two RSA signatures.
    func rotate(_ refreshToken: String, _ request: SignInRequest) async throws -> IssuedTokens {
        let found = try await refreshable(refreshToken, request)
        guard let grace = request.client.rotationGracePeriod else {
            guard found.supersededAt == nil else { throw TokenFailure.refreshTokenRevoked }
            let customization = try await customization(found, request, by: request.triggerCaller)
            if let activity = request.activity { try await store.sessions.touch(found.session, activity) }
            return try await issue(found, customization, refreshToken: nil, request)
        }
        // Before the function is asked: what it says must not keep the sign-in of a stolen token.
        if let supersededAt = found.supersededAt,
            grace <= 0 || supersededAt.adding(seconds: Int64(grace)).milliseconds <= request.now.milliseconds
        {
            try await store.sessions.revoke(found.session)
            throw TokenFailure.refreshTokenReused
        }
        let customization = try await customization(found, request, by: request.triggerCaller)
        let next = try tokens.refreshToken()
        let isRotated = try await store.sessions.rotate(
            found.session,
            from: store.vault.refreshTokenHash(refreshToken),
            to: store.vault.refreshTokenHash(next),
            graceSeconds: grace,
            activity: request.activity
        )
        guard isRotated else {
            try await store.sessions.revoke(found.session)
            throw TokenFailure.refreshTokenReused
        }
        return try await issue(found, customization, refreshToken: next, request)
    }

    private func customization(
        _ found: SessionRepository.Refreshable,
        _ request: SignInRequest,
        by caller: TriggerCaller
    ) async throws -> TokenCustomization? {
        try await triggers.customization(
            .tokensRefreshTokens,
            of: found.user,
            groups: found.groups,
            scopes: found.session.scopes,
            client: request.client,
            in: request.pool,
            by: caller
        )
    }

    /// The sign-in of a refresh token that may still be used. 1 read.
    private func refreshable(
        _ token: String,
        _ request: SignInRequest
    ) async throws -> SessionRepository.Refreshable {
        let hash = try store.vault.refreshTokenHash(token)
        guard let found = try await store.sessions.find(refreshHash: hash, poolID: request.pool.id),
            found.session.clientID == request.client.id
        else { throw TokenFailure.invalidRefreshToken }
        // A token of a device serves nobody who doesn't know which.
        if request.pool.tracksDevices, let key = found.session.deviceKey {
            guard request.parameters["DEVICE_KEY"] == key else { throw TokenFailure.invalidRefreshToken }
        }
        guard !found.isRevoked else { throw TokenFailure.refreshTokenRevoked }
        guard request.now < found.session.expiresAt else { throw TokenFailure.refreshTokenExpired }
        guard found.user.isEnabled else { throw SignInFailure.userDisabled }
        return found
    }

    private func issue(
        _ found: SessionRepository.Refreshable,
        _ customization: TokenCustomization?,
        refreshToken: String?,
        _ request: SignInRequest
    ) async throws -> IssuedTokens {
        try await tokens.issue(
            TokenService.Grant(
                user: found.user,
                groups: found.groups,
                client: request.client,
                poolWithKeys: request.poolWithKeys,
                session: found.session,
                refreshToken: refreshToken,
                customization: customization,
                context: request.context,
                now: request.now
            )
        )
    }
}
