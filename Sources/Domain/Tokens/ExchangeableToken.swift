package import CognitoModel
import JOSE

/// A token of a pool's that somebody exchanges for another (RFC 8693), once it is proven.
package struct ExchangeableToken: Sendable {
    package enum Kind: String, Sendable {
        case access
        case id
    }

    package let kind: Kind
    package let sub: String
    /// The client that it was made for.
    package let clientID: String
    /// The sign-in that it is of; nil for a client's own.
    package let sessionID: String?
    package let username: String?
    package let originJTI: String?
    package let authTime: Int64?
    /// In seconds since 1970.
    package let expiresAt: Int64
    /// The service that an access token is for, where it is for one alone.
    package let audience: String?
    package let scopes: [String]
    /// Who acted when it was exchanged before.
    package let actor: JSONValue?

    /// Whether it tells who the user is, and so may lead to an ID token.
    var tellsOfUser: Bool {
        kind == .id || scopes.contains(StandardScope.openID) || scopes.contains(StandardScope.userAdmin)
    }

    /// Reads a token. Throws `TokenFailure` unless the pool signed it as such, and it hasn't expired. One RSA public
    /// operation.
    package init(
        _ text: String,
        as kind: Kind,
        of pool: UserPool,
        keys: TokenKeys,
        issuer: Issuer,
        now: Timestamp
    ) throws {
        let invalid = kind == .access ? TokenFailure.invalidAccessToken : .invalidIDToken
        guard let token = CompactJWS(text),
            let header = try? RequestDecoder.document(Header.self, from: token.header),
            let key = kind == .access ? keys.accessKey(header.keyID) : keys.idKey(header.keyID),
            try token.isSigned(by: key),
            let claims = try? RequestDecoder.document(Claims.self, from: token.payload),
            claims.tokenUse == kind.rawValue, claims.iss == issuer.url(of: pool),
            let clientID = kind == .access ? claims.clientID : claims.aud
        else { throw invalid }
        guard now.seconds < claims.expiresAt else {
            throw kind == .access ? TokenFailure.accessTokenExpired : .idTokenExpired
        }
        self.kind = kind
        self.clientID = clientID
        sub = claims.sub
        sessionID = claims.eventID
        username = claims.username
        originJTI = claims.originJTI
        authTime = claims.authTime
        expiresAt = claims.expiresAt
        audience = kind == .access ? claims.aud : nil
        scopes = (claims.scope ?? "").split(separator: " ").map(String.init)
        actor = claims.actor
    }

    private struct Header: JSONDecodable {
        let keyID: String

        init(from value: ModelValue) throws { keyID = try MemberDecoder(value).required("kid") }
    }

    private struct Claims: JSONDecodable {
        let sub: String
        let iss: String
        let tokenUse: String
        let expiresAt: Int64
        let clientID: String?
        let aud: String?
        let eventID: String?
        let username: String?
        let originJTI: String?
        let authTime: Int64?
        let scope: String?
        let actor: JSONValue?

        init(from value: ModelValue) throws {
            let claims = try MemberDecoder(value)
            sub = try claims.required("sub")
            iss = try claims.required("iss")
            tokenUse = try claims.required("token_use")
            expiresAt = try claims.required("exp")
            clientID = try claims.ifPresent("client_id")
            aud = try claims.ifPresent("aud")
            eventID = try claims.ifPresent("event_id")
            let name: String? = try claims.ifPresent("username")
            username = try name ?? claims.ifPresent("cognito:username")
            originJTI = try claims.ifPresent("origin_jti")
            authTime = try claims.ifPresent("auth_time")
            scope = try claims.ifPresent("scope")
            actor = try claims.ifPresent("act")
        }
    }
}
