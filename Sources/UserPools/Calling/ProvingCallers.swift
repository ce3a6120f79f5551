package import CognitoModel
import Domain
package import Operations
import Storage

extension Operation where Caller == PublicClient, Input: ClientBearing {
    /// The client that the request names, and its pool. Throws `ResourceNotFoundException` for a client that isn't known.
    package static func authenticate(
        _ input: Input,
        _ request: RequestContext,
        _ services: Services
    ) async throws -> PublicClient {
        let (client, entry) = try await services.store.directory.client(input.clientId)
        return PublicClient(client: client, entry: entry)
    }
}

extension Operation where Caller == TokenHolder, Input: AccessTokenBearing {
    /// One read, and one RSA public operation the first time that a token comes.
    package static func authenticate(
        _ input: Input,
        _ request: RequestContext,
        _ services: Services
    ) async throws -> TokenHolder {
        try await TokenHolder(accessToken: input.accessToken, services: services, now: request.now)
    }
}

extension TokenHolder {
    /// Verifies an access token and reads its user. One read, and the first time that the token comes one RSA public
    /// operation.
    ///
    /// Throws `NotAuthorizedException` for a token that is forged, expired, revoked or of too little scope, and
    /// `UserNotFoundException` where the user was deleted.
    package init(accessToken: String, services: Services, now: Timestamp) async throws {
        guard let token = services.accessTokens.read(accessToken),
            let entry = try await services.store.directory.findPool(token.poolID)
        else { throw CognitoError.invalidAccessToken }
        let poolID = entry.pool.id
        let claims = try services.accessTokens.claims(
            of: token,
            pool: entry.pool,
            keys: entry.keys,
            issuer: services.issuer,
            now: now
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
