package import CognitoModel

/// One sign-in: what its tokens share, and what revoking acts on.
package struct TokenSession: Sendable, Hashable {
    /// The `event_id` of its tokens.
    package let id: String
    package let poolID: String
    package let sub: String
    package let clientID: String
    /// The `origin_jti` of its tokens.
    package let originJTI: String
    /// The device that it is of, where the pool tracks them.
    package let deviceKey: String?
    package let authTime: Timestamp
    /// When its refresh token ends.
    package let expiresAt: Timestamp
    /// What an OAuth client may do with its tokens; nil for a sign-in by the API.
    package let grant: OAuthGrant?
    /// What its tokens say about how the user signed in; nil where nobody asked for that.
    package let context: AuthenticationContext?
    /// The browser's sign-in that it came from; nil for one by the API.
    package let ssoSessionID: String?

    package init(
        id: String,
        poolID: String,
        sub: String,
        clientID: String,
        originJTI: String,
        deviceKey: String? = nil,
        authTime: Timestamp,
        expiresAt: Timestamp,
        grant: OAuthGrant? = nil,
        context: AuthenticationContext? = nil,
        ssoSessionID: String? = nil
    ) {
        self.id = id
        self.poolID = poolID
        self.sub = sub
        self.clientID = clientID
        self.originJTI = originJTI
        self.deviceKey = deviceKey
        self.authTime = authTime
        self.expiresAt = expiresAt
        self.grant = grant
        self.context = context
        self.ssoSessionID = ssoSessionID
    }

    /// What its access tokens are good for: what was granted, or the user's own operations after a sign-in by the API.
    package var scopes: [String] { grant?.scopes ?? [StandardScope.userAdmin] }
}
