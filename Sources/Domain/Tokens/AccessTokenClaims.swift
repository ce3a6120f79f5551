package import CognitoModel
import JOSE

/// The claims of an access token that user operations rely on.
package struct AccessTokenClaims: JSONDecodable, Sendable {
    package let sub: String
    package let iss: String
    package let clientID: String
    package let eventID: String
    package let tokenUse: String
    package let scope: String?
    package let expiresAt: Int64
    package let issuedAt: Int64
    /// When the user signed in, in seconds since 1970; nil of a client's own token.
    package let authTime: Int64?
    /// `amr` and `acr`, where an app had asked for them.
    package let amr: [String]?
    package let acr: String?

    package init(from value: ModelValue) throws {
        let claims = try MemberDecoder(value)
        sub = try claims.required("sub")
        iss = try claims.required("iss")
        clientID = try claims.required("client_id")
        eventID = try claims.required("event_id")
        tokenUse = try claims.required("token_use")
        scope = try claims.stringIfPresent("scope")
        expiresAt = try claims.required("exp")
        issuedAt = try claims.required("iat")
        authTime = try claims.ifPresent("auth_time")
        amr = try claims.ifPresent("amr")
        acr = try claims.stringIfPresent("acr")
    }
}

extension AccessTokenClaims {
    /// The pool: the last part of `iss`.
    var poolID: String {
        guard let slash = iss.utf8.lastIndex(of: UInt8(ascii: "/")) else { return iss }
        return String(iss[iss.utf8.index(after: slash)...])
    }

    /// Throws `TokenFailure` where the token doesn't have the scope.
    func checkScope(_ scope: String) throws {
        guard scopes.contains(scope) else { throw TokenFailure.accessTokenLacksScopes }
    }

    /// What the token is good for.
    package var scopes: [String] { (scope ?? "").split(separator: " ").map(String.init) }

    /// Throws `TokenFailure` from the moment of `exp` on.
    func checkExpiry(at now: Timestamp) throws {
        guard now.seconds < expiresAt else { throw TokenFailure.accessTokenExpired }
    }
}

/// An access token as it came: what it claims, of which nothing is proven yet.
package struct UnverifiedAccessToken: Sendable {
    private let token: CompactJWS
    private let claims: AccessTokenClaims
    /// The `kid` of the key that it says has signed it.
    let keyID: String

    /// Nil where the text isn't an access token at all.
    package init?(_ text: String) {
        guard let token = CompactJWS(text),
            let header = try? RequestDecoder.document(Header.self, from: token.header),
            let claims = try? RequestDecoder.document(AccessTokenClaims.self, from: token.payload)
        else { return nil }
        self.token = token
        self.claims = claims
        keyID = header.keyID
    }

    private struct Header: JSONDecodable {
        let keyID: String

        init(from value: ModelValue) throws { keyID = try MemberDecoder(value).required("kid") }
    }

    /// The pool that the token says it is of.
    package var poolID: String { claims.poolID }

    /// The claims, once they are proven. Throws unless the token is signed by an access key of the pool, of its issuer,
    /// and not expired. One RSA public operation.
    package func verified(
        pool: UserPool,
        keys: TokenKeys,
        issuer: Issuer,
        now: Timestamp
    ) throws -> AccessTokenClaims {
        guard let key = keys.accessKey(keyID), try token.isSigned(by: key), claims.tokenUse == "access",
            claims.iss == issuer.url(of: pool)
        else { throw TokenFailure.invalidAccessToken }
        try claims.checkExpiry(at: now)
        return claims
    }
}
