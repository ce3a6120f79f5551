import CognitoModel
import Domain
import Storage

extension TokenHolder {
    /// Verifies an access token and reads its user. One read, and the first time that the token comes one RSA public
    /// operation.
    ///
    /// Throws `NotAuthorizedException` for a token that is forged, expired, revoked or of too little scope, and
    /// `UserNotFoundException` where the user was deleted.
    init(accessToken: String, services: Services) async throws {
        guard let token = services.accessTokens.read(accessToken),
            let entry = try await services.store.directory.findPool(token.poolID)
        else { throw CognitoError.invalidAccessToken }
        let poolID = entry.pool.id
        let claims = try services.accessTokens.claims(
            of: token,
            pool: entry.pool,
            keys: entry.keys,
            issuer: services.issuer,
            now: services.clock.now()
        )
        let found = try await services.store.sessions.user(
            sub: claims.sub,
            sessionID: claims.eventID,
            poolID: poolID
        )
        guard let found else { throw CognitoError.userDoesNotExist }
        guard !found.isRevoked, found.user.isEnabled else { throw CognitoError.accessTokenRevoked }
        guard let client = try await services.store.directory.findClient(claims.clientID)?.client,
            client.poolID == poolID
        else { throw CognitoError.invalidAccessToken }
        self.init(user: found.user, client: client, entry: entry, claims: claims)
    }
}
