package import CognitoModel
import Cryptography
import JOSE

/// Writes and signs tokens. Claims and their order are Cognito's (developer guide, "Understanding user pool JSON web
/// tokens").
package struct TokenIssuer: Sendable {
    package static let userScope = "aws.cognito.signin.user.admin"

    let issuer: Issuer
    let identifiers: IdentifierGenerator

    package init(issuer: Issuer, identifiers: IdentifierGenerator) {
        self.issuer = issuer
        self.identifiers = identifiers
    }

    package struct Tokens: Sendable {
        package let id: String
        package let access: String
        /// Seconds until the access token expires.
        package let expiresIn: Int
    }

    /// An ID and an access token of the session. Two RSA private operations.
    package func issue(
        for user: User,
        groups: TokenGroups = TokenGroups(),
        client: AppClient,
        pool: UserPool,
        session: TokenSession,
        keys: TokenKeys,
        now: Timestamp
    ) throws -> Tokens {
        let validity = try TokenValidity(client.configuration)
        let id = try idClaims(user, groups, client, pool, session, now: now, validity: validity)
        let access = try accessClaims(user, groups, client, pool, session, now: now, validity: validity)
        return Tokens(
            id: try keys.id.sign(id),
            access: try keys.access.sign(access),
            expiresIn: Int(validity.access)
        )
    }

    /// A refresh token: opaque to everyone, and looked up by its hash. One RSA public operation.
    package func refreshToken(keys: TokenKeys) throws -> String {
        let secret = try identifiers.random.bytes(48)
        return try CompactJWE.seal(secret, to: keys.access.publicKey, random: identifiers.random)
    }

    private func accessClaims(
        _ user: User,
        _ groups: TokenGroups,
        _ client: AppClient,
        _ pool: UserPool,
        _ session: TokenSession,
        now: Timestamp,
        validity: TokenValidity
    ) throws -> [UInt8] {
        var json = JSONWriter(capacity: 768)
        json.beginObject()
        json.member("sub", user.sub)
        json.member("cognito:groups", groups.names.nilIfEmpty)
        json.member("iss", issuer.url(of: pool))
        json.member("client_id", client.id)
        json.member("origin_jti", client.allowsRevocation ? session.originJTI : nil)
        json.member("event_id", session.id)
        json.member("token_use", "access")
        json.member("scope", Self.userScope)
        json.member("auth_time", session.authTime.seconds)
        json.member("exp", now.seconds + validity.access)
        json.member("iat", now.seconds)
        json.member("jti", client.allowsRevocation ? try identifiers.uuid() : nil)
        json.member("username", user.username)
        json.endObject()
        return json.bytes
    }

    private func idClaims(
        _ user: User,
        _ groups: TokenGroups,
        _ client: AppClient,
        _ pool: UserPool,
        _ session: TokenSession,
        now: Timestamp,
        validity: TokenValidity
    ) throws -> [UInt8] {
        var json = JSONWriter(capacity: 1024)
        json.beginObject()
        json.member("sub", user.sub)
        json.member("cognito:groups", groups.names.nilIfEmpty)
        json.member("iss", issuer.url(of: pool))
        json.member("cognito:username", user.username)
        json.member("cognito:preferred_role", groups.preferredRole)
        json.member("cognito:roles", groups.roles.nilIfEmpty)
        json.member("origin_jti", client.allowsRevocation ? session.originJTI : nil)
        json.member("aud", client.id)
        json.member("event_id", session.id)
        json.member("token_use", "id")
        json.member("auth_time", session.authTime.seconds)
        json.member("exp", now.seconds + validity.id)
        json.member("iat", now.seconds)
        json.member("jti", client.allowsRevocation ? try identifiers.uuid() : nil)
        writeAttributes(of: user, readableBy: client, into: &json)
        json.endObject()
        return json.bytes
    }

    /// The attributes that an ID token shows to the client.
    func writeAttributes(of user: User, readableBy client: AppClient, into json: inout JSONWriter) {
        for attribute in user.attributes.list where client.mayRead(attribute.name) {
            switch attribute.name {
            case "email_verified", "phone_number_verified": json.member(attribute.name, attribute.value == "true")
            case LinkedIdentity.attribute:
                json.member(attribute.name, LinkedIdentity.claim(attribute.value))
            case "address": json.member("address", ["formatted": attribute.value])
            default: json.member(attribute.name, attribute.value)
            }
        }
    }
}

extension Array {
    fileprivate var nilIfEmpty: Self? { isEmpty ? nil : self }
}
