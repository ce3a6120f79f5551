package import CognitoModel
package import Domain
package import Storage

/// Tells whose an access token is.
package struct AccessTokenVerifier: Sendable {
    private let store: Store
    private let issuer: Issuer
    private let genuine = VerifiedAccessTokens()

    package init(store: Store, issuer: Issuer) {
        self.store = store
        self.issuer = issuer
    }

    /// Whose a token is, and through which client they signed in.
    package struct Holder: Sendable {
        package let user: User
        /// The sign-in that the token is of.
        package let sessionID: String
        package let claims: AccessTokenClaims
        package let client: AppClient
        package let poolWithKeys: PoolWithKeys
        /// What the token is good for.
        package let scopes: [String]
    }

    /// Verifies an access token, which must be of that scope, and reads its user. One read, and the first time that the
    /// token comes one RSA public operation.
    ///
    /// Throws `TokenFailure` for a token that is forged, expired, revoked or of too little scope, and
    /// `UserFailure.notFound` where the user was deleted.
    package func holder(
        of accessToken: String,
        requiring scope: String = StandardScope.userAdmin,
        now: Timestamp
    ) async throws -> Holder {
        guard let token = genuine.read(accessToken), let poolWithKeys = try await store.directory.findPool(token.poolID)
        else { throw TokenFailure.invalidAccessToken }
        let poolID = poolWithKeys.pool.id
        let claims = try genuine.claims(
            of: token,
            pool: poolWithKeys.pool,
            keys: poolWithKeys.keys,
            issuer: issuer,
            requiring: scope,
            now: now
        )
        let found = try await store.sessions.user(sub: claims.sub, sessionID: claims.eventID, poolID: poolID)
        guard let found else { throw UserFailure.notFound }
        guard !found.isRevoked, found.user.isEnabled else { throw TokenFailure.accessTokenRevoked }
        guard let client = try await store.directory.findClient(claims.clientID)?.client, client.poolID == poolID
        else { throw TokenFailure.invalidAccessToken }
        return Holder(
            user: found.user,
            sessionID: claims.eventID,
            claims: claims,
            client: client,
            poolWithKeys: poolWithKeys,
            scopes: claims.scopes
        )
    }
}
