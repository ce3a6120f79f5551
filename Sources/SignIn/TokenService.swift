package import CognitoModel
package import Domain
package import Storage

/// Issues tokens: every ID, access and refresh token of the API is made here, whatever it is given for.
package struct TokenService: Sendable {
    private let issuer: TokenIssuer

    package init(issuer: TokenIssuer) { self.issuer = issuer }

    /// What tokens are given for.
    package struct Grant: Sendable {
        let user: User
        let groups: TokenGroups
        let client: AppClient
        let poolWithKeys: PoolWithKeys
        let session: TokenSession
        /// The refresh token that goes with them; nil where the caller keeps the one they have.
        let refreshToken: String?
        /// What an OAuth client sent for the ID token.
        var nonce: String?
        /// What the pool's function changes about them.
        var customization: TokenCustomization?
        /// Whether the session's device isn't one that was confirmed.
        var isNewDevice = false
        let context: SignInContext
        let now: Timestamp
    }

    /// The tokens of a grant. Two RSA signatures, one without an ID token.
    func issue(_ grant: Grant) async throws -> IssuedTokens {
        let tokens = try await issuer.issue(
            for: grant.user,
            groups: grant.groups,
            client: grant.client,
            pool: grant.poolWithKeys.pool,
            session: grant.session,
            nonce: grant.nonce,
            customization: grant.customization,
            keys: grant.poolWithKeys.keys,
            now: grant.now
        )
        return IssuedTokens(
            id: tokens.id,
            access: tokens.access,
            refresh: grant.refreshToken,
            expiresIn: tokens.expiresIn,
            newDevice: grant.isNewDevice
                ? grant.session.deviceKey.map { ($0, grant.poolWithKeys.pool.deviceGroupKey) } : nil
        )
    }

    /// The access token of a client itself. One RSA signature.
    package func issueClientToken(
        _ client: AppClient,
        scopes: [String],
        customization: TokenCustomization?,
        in poolWithKeys: PoolWithKeys,
        now: Timestamp
    ) async throws -> TokenIssuer.SingleToken {
        try await issuer.clientToken(
            client,
            scopes: scopes,
            customization: customization,
            pool: poolWithKeys.pool,
            keys: poolWithKeys.keys,
            now: now
        )
    }

    /// The token that a client gets for another. One RSA signature.
    package func issueDerivedToken(
        _ exchange: TokenIssuer.Exchange,
        customization: TokenCustomization?,
        to client: AppClient,
        in poolWithKeys: PoolWithKeys,
        now: Timestamp
    ) async throws -> TokenIssuer.SingleToken {
        try await issuer.derivedToken(
            exchange,
            customization: customization,
            client: client,
            pool: poolWithKeys.pool,
            keys: poolWithKeys.keys,
            now: now
        )
    }

    /// A refresh token: opaque to everyone, and looked up by its hash.
    func refreshToken() throws -> String { try issuer.refreshToken() }
}

/// The tokens of a sign-in.
package struct IssuedTokens: Sendable {
    /// Nil where an OAuth client didn't ask for `openid`.
    package let id: String?
    package let access: String
    /// Nil where the caller keeps the one they have.
    package let refresh: String?
    /// Seconds until the access token expires.
    package let expiresIn: Int
    /// The key that the device may be confirmed by, and its group's.
    package let newDevice: (key: String, groupKey: String)?
}
