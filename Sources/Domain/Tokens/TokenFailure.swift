/// Why a token doesn't admit.
package enum TokenFailure: Error, Hashable, Sendable {
    case invalidAccessToken
    case accessTokenExpired
    case accessTokenRevoked
    case accessTokenLacksScopes
    /// It isn't an ID token of the pool's.
    case invalidIDToken
    case idTokenExpired
    case invalidRefreshToken
    case refreshTokenExpired
    case refreshTokenRevoked
    /// It was rotated out, and comes again after its grace period: stolen or copied.
    case refreshTokenReused
    /// The client rotates refresh tokens, which the flow can't.
    case rotationEnabled
}
