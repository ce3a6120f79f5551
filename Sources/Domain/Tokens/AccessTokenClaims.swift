package import CognitoModel
package import JOSE

/// The claims of an access token that user operations rely on.
package struct AccessTokenClaims: Decodable, Sendable {
    package let sub: String
    package let iss: String
    package let clientID: String
    package let eventID: String
    package let tokenUse: String
    package let scope: String?
    package let expiresAt: Int64
    package let issuedAt: Int64

    private enum CodingKeys: String, CodingKey {
        case sub, iss, scope
        case clientID = "client_id"
        case eventID = "event_id"
        case tokenUse = "token_use"
        case expiresAt = "exp"
        case issuedAt = "iat"
    }

    /// What a token claims; nothing is proven yet. Nil where it isn't an access token at all.
    package init?(unverified token: CompactJWS) {
        guard let claims = try? RequestDecoder.document(Self.self, from: token.payload) else { return nil }
        self = claims
    }

    /// The pool that the token says it is of: the last part of `iss`.
    package var poolID: String { iss.split(separator: "/").last.map(String.init) ?? "" }

    /// Throws unless the token is signed by the pool's access key, of its issuer, not expired, and of the scope that
    /// user operations need. One RSA public operation.
    package func verify(
        _ token: CompactJWS,
        pool: UserPool,
        keys: TokenKeys,
        issuer: Issuer,
        now: Timestamp
    ) throws {
        guard try token.isSigned(by: keys.access.publicKey), tokenUse == "access", iss == issuer.url(of: pool) else {
            throw CognitoError.invalidAccessToken
        }
        guard now.seconds < expiresAt else { throw CognitoError.accessTokenExpired }
        let scopes = (scope ?? "").split(separator: " ")
        guard scopes.contains(where: { $0 == TokenIssuer.userScope }) else { throw CognitoError.accessTokenLacksScopes }
    }
}
