/// Why a token isn't revoked (RFC 7009 section 2.2.1).
package enum RevocationFailure: Error, Hashable, Sendable {
    /// `EnableTokenRevocation` of the client is off.
    case notEnabled
    /// Only refresh tokens can be revoked, with what came of them.
    case notARefreshToken
    /// It was issued to another client.
    case anotherClient
}
