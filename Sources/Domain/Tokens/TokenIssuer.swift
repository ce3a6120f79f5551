package import CognitoModel
import Cryptography
import JOSE

/// Writes and signs tokens. Claims and their order are Cognito's (developer guide, "Understanding user pool JSON web
/// tokens").
package struct TokenIssuer: Sendable {
    let issuer: Issuer
    let identifiers: IdentifierGenerator

    package init(issuer: Issuer, identifiers: IdentifierGenerator) {
        self.issuer = issuer
        self.identifiers = identifiers
    }

    package struct Tokens: Sendable {
        /// Nil where an OAuth client didn't ask for `openid`.
        package let id: String?
        package let access: String
        /// Seconds until the access token expires.
        package let expiresIn: Int
    }

    /// An ID and an access token of the session. Two RSA private operations, one without the ID token. `nonce` is what
    /// an OAuth client sent, for the ID token; `customization` what a function changes about both.
    package func issue(
        for user: User,
        groups: TokenGroups = TokenGroups(),
        client: AppClient,
        pool: UserPool,
        session: TokenSession,
        nonce: String? = nil,
        customization: TokenCustomization? = nil,
        keys: TokenKeys,
        now: Timestamp
    ) async throws -> Tokens {
        let validity = try TokenValidity(client.configuration)
        let (groups, changes) = (customization?.groups ?? groups, customization?.id)
        let accessClaims = try accessClaims(
            user,
            groups,
            client,
            pool,
            session,
            customization,
            now: now,
            validity: validity
        )
        func idClaims(_ oauth: OAuthClaims?) throws -> [UInt8] {
            try self.idClaims(user, groups, client, pool, session, oauth, changes, now: now, validity: validity)
        }
        guard let grant = session.grant else {
            let claims = try idClaims(nil)
            let tokens = try await SigningKey.signInTurn([(keys.access, accessClaims), (keys.id, claims)])
            return Tokens(id: tokens[1], access: tokens[0], expiresIn: Int(validity.access))
        }
        let access = try await keys.access.signInTurn(accessClaims)
        guard grant.givesIDToken else { return Tokens(id: nil, access: access, expiresIn: Int(validity.access)) }
        // Its ID token says which access token it goes with, and so is signed after it.
        let id = try idClaims(OAuthClaims(grant: grant, nonce: nonce, accessToken: access))
        return Tokens(id: try await keys.id.signInTurn(id), access: access, expiresIn: Int(validity.access))
    }

    /// What an ID token says beside, where it is an OAuth client's.
    private struct OAuthClaims {
        let grant: OAuthGrant
        let nonce: String?
        let accessToken: String

        /// `at_hash` (OpenID Connect Core, section 3.1.3.6).
        var accessTokenHash: String { Base64URL.encode(Array(SHA256.digest(Array(accessToken.utf8)).prefix(16))) }
    }

    /// A refresh token: opaque to everyone, and looked up by its hash. It has the form of Cognito's, a compact JWE (RFC
    /// 7516 section 7.1). As nobody opens it, nothing is encrypted: what would be the encrypted key, nonce, ciphertext
    /// and tag are random.
    package func refreshToken() throws -> String {
        var random = try identifiers.random.bytes(Self.refreshTokenSizes.reduce(0, +))[...]
        let token = Self.refreshTokenSizes.reduce(into: Self.refreshTokenHeader) { token, size in
            token.append(UInt8(ascii: "."))
            token += Base64URL.encodedBytes(Array(random.prefix(size)))
            random = random.dropFirst(size)
        }
        return String(decoding: token, as: UTF8.self)
    }

    private static let refreshTokenHeader =
        Base64URL.encodedBytes(Array(#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#.utf8))

    /// Bytes of the parts after the header, for a key of 2,048 bits.
    private static let refreshTokenSizes = [256, 12, 48, 16]

    private func accessClaims(
        _ user: User,
        _ groups: TokenGroups,
        _ client: AppClient,
        _ pool: UserPool,
        _ session: TokenSession,
        _ customization: TokenCustomization?,
        now: Timestamp,
        validity: TokenValidity
    ) throws -> [UInt8] {
        var json = ClaimsWriter(customization?.access, capacity: 768)
        json.member("sub", user.sub)
        json.member("device_key", session.deviceKey)
        json.member("cognito:groups", groups.names.nilIfEmpty)
        json.member("iss", issuer.url(of: pool))
        json.member("version", session.grant.map { _ in Int64(2) })
        json.member("client_id", client.id)
        json.member("aud", session.grant?.audience)
        json.member("origin_jti", client.allowsRevocation ? session.originJTI : nil)
        json.member("event_id", session.id)
        json.member("token_use", "access")
        json.member("scope", scope(session.scopes, customization))
        json.member("auth_time", session.authTime.seconds)
        json.member("exp", now.seconds + validity.access)
        json.member("iat", now.seconds)
        json.member("jti", client.allowsRevocation ? try identifiers.uuid() : nil)
        json.member("username", user.username)
        json.member("acr", session.context?.acr)
        json.member("amr", session.context?.amr)
        return json.finish()
    }

    /// `scope`: nil where a function has left none.
    func scope(_ granted: [String], _ customization: TokenCustomization?) -> String? {
        guard let customization else { return granted.joined(separator: " ") }
        let scopes = customization.scopes(of: granted)
        return scopes.isEmpty ? nil : scopes.joined(separator: " ")
    }

    private func idClaims(
        _ user: User,
        _ groups: TokenGroups,
        _ client: AppClient,
        _ pool: UserPool,
        _ session: TokenSession,
        _ oauth: OAuthClaims?,
        _ changes: ClaimChanges?,
        now: Timestamp,
        validity: TokenValidity
    ) throws -> [UInt8] {
        var json = ClaimsWriter(changes, capacity: 1024)
        json.member("at_hash", oauth?.accessTokenHash)
        json.member("sub", user.sub)
        json.member("cognito:groups", groups.names.nilIfEmpty)
        json.member("iss", issuer.url(of: pool))
        json.member("cognito:username", user.username)
        json.member("cognito:preferred_role", groups.preferredRole)
        json.member("cognito:roles", groups.roles.nilIfEmpty)
        json.member("nonce", oauth?.nonce)
        json.member("origin_jti", client.allowsRevocation ? session.originJTI : nil)
        json.member("aud", client.id)
        json.member("event_id", session.id)
        json.member("token_use", "id")
        json.member("auth_time", session.authTime.seconds)
        json.member("exp", now.seconds + validity.id)
        json.member("iat", now.seconds)
        json.member("jti", client.allowsRevocation ? try identifiers.uuid() : nil)
        json.member("acr", session.context?.acr)
        json.member("amr", session.context?.amr)
        writeAttributes(of: user, readableBy: client, grant: oauth?.grant, into: &json)
        return json.finish()
    }

    /// The attributes that an ID token shows to the client, and to what it was granted.
    func writeAttributes(
        of user: User,
        readableBy client: AppClient,
        grant: OAuthGrant? = nil,
        into json: inout ClaimsWriter
    ) {
        for attribute in user.attributes.list
        where client.mayRead(attribute.name) && grant?.shows(attribute.name) != false {
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
