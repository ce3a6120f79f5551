package import CognitoModel
import JOSE

/// Tokens that no sign-in ends with.
extension TokenIssuer {
    /// One token, and how long it is good, in seconds.
    package struct SingleToken: Sendable {
        package let text: String
        package let expiresIn: Int
    }

    /// The access token of a client itself; `customization` is what a function changes about it. One RSA private
    /// operation.
    package func clientToken(
        _ client: AppClient,
        scopes: [String],
        customization: TokenCustomization? = nil,
        pool: UserPool,
        keys: TokenKeys,
        now: Timestamp
    ) async throws -> SingleToken {
        let validity = try TokenValidity(client.configuration).access
        var json = ClaimsWriter(customization?.access, capacity: 512)
        json.member("sub", client.id)
        json.member("token_use", "access")
        json.member("scope", scope(scopes, customization))
        json.member("auth_time", now.seconds)
        json.member("iss", issuer.url(of: pool))
        json.member("exp", now.seconds + validity)
        json.member("iat", now.seconds)
        json.member("version", Int64(2))
        json.member("jti", try identifiers.uuid())
        json.member("client_id", client.id)
        return SingleToken(text: try await keys.access.signInTurn(json.finish()), expiresIn: Int(validity))
    }

    /// What an exchanged token says.
    package struct Exchange: Sendable {
        package let subject: ExchangeableToken
        /// The user whose token is exchanged; nil for a client's own.
        package let user: User?
        /// Who acts for the subject; nil where nobody is to see that anybody does.
        package let actor: ExchangeableToken?
        package let kind: ExchangeableToken.Kind
        package let scopes: [String]
        /// The service that the token is for.
        package let audience: String?

        package init(
            subject: ExchangeableToken,
            user: User?,
            actor: ExchangeableToken?,
            kind: ExchangeableToken.Kind,
            scopes: [String],
            audience: String?
        ) {
            self.subject = subject
            self.user = user
            self.actor = actor
            self.kind = kind
            self.scopes = scopes
            self.audience = audience
        }

        /// The claim `act` (RFC 8693 section 4.1): who acts, and who acted before.
        var act: JSONValue? {
            guard let actor else { return subject.actor }
            var act: [String: JSONValue] = ["sub": .string(actor.sub), "client_id": .string(actor.clientID)]
            act["act"] = subject.actor
            return .object(act)
        }
    }

    /// The token that a client gets for another; `customization` is what a function changes about it. One RSA private
    /// operation.
    package func derivedToken(
        _ exchange: Exchange,
        customization: TokenCustomization? = nil,
        client: AppClient,
        pool: UserPool,
        keys: TokenKeys,
        now: Timestamp
    ) async throws -> SingleToken {
        let validity = try TokenValidity(client.configuration)
        let isAccess = exchange.kind == .access
        let subject = exchange.subject
        // Whoever exchanges a token doesn't make it last.
        let expiry = min(now.seconds + (isAccess ? validity.access : validity.id), subject.expiresAt)
        let customization = customization?.narrowing
        var json = ClaimsWriter(isAccess ? customization?.access : customization?.id, capacity: 1024)
        json.member("sub", subject.sub)
        json.member("iss", issuer.url(of: pool))
        json.member("cognito:username", isAccess ? nil : subject.username)
        json.member("client_id", isAccess ? client.id : nil)
        json.member("aud", exchange.audience ?? (isAccess ? nil : client.id))
        json.member("act", exchange.act)
        json.member("origin_jti", subject.originJTI)
        json.member("event_id", subject.sessionID)
        json.member("token_use", exchange.kind.rawValue)
        json.member("scope", isAccess ? scope(exchange.scopes, customization) : nil)
        json.member("auth_time", subject.authTime ?? now.seconds)
        json.member("exp", expiry)
        json.member("iat", now.seconds)
        json.member("jti", try identifiers.uuid())
        json.member("username", isAccess ? subject.username : nil)
        if !isAccess, let user = exchange.user, subject.tellsOfUser {
            let grant = subject.kind == .access ? OAuthGrant(scopes: subject.scopes) : nil
            writeAttributes(of: user, readableBy: client, grant: grant, into: &json)
        }
        let key = isAccess ? keys.access : keys.id
        return SingleToken(text: try await key.signInTurn(json.finish()), expiresIn: Int(expiry - now.seconds))
    }
}
