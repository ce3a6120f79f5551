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

    package init(
        id: String,
        poolID: String,
        sub: String,
        clientID: String,
        originJTI: String,
        deviceKey: String? = nil,
        authTime: Timestamp,
        expiresAt: Timestamp
    ) {
        self.id = id
        self.poolID = poolID
        self.sub = sub
        self.clientID = clientID
        self.originJTI = originJTI
        self.deviceKey = deviceKey
        self.authTime = authTime
        self.expiresAt = expiresAt
    }
}
