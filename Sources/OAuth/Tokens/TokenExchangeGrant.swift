import CognitoModel
import Domain
import Operations
import SignIn
import UserPools

/// `urn:ietf:params:oauth:grant-type:token-exchange` (RFC 8693), by the rules of GetDerivedToken. Up to 3 reads; up to
/// two RSA public operations and one RSA signature.
struct TokenExchangeGrant: TokenGrant {
    static let name = "urn:ietf:params:oauth:grant-type:token-exchange"
    /// What a request of it has beside.
    static let parameters = [
        "subject_token", "subject_token_type", "actor_token", "actor_token_type", "requested_token_type", "audience",
        "resource",
    ]
    private static let typePrefix = "urn:ietf:params:oauth:token-type:"

    let exchange: TokenExchange

    func tokens(_ request: TokenRequest) async throws -> TokenResponse {
        let form = request.form
        guard let subject = form["subject_token"], let subjectType = form["subject_token_type"] else {
            throw OAuthError(.invalidRequest)
        }
        guard form["actor_token"] != nil || form["actor_token_type"] == nil else { throw OAuthError(.invalidRequest) }
        let input = GetDerivedTokenRequest(
            clientId: request.client.client.id,
            subjectToken: subject,
            subjectTokenType: try Self.type(subjectType),
            actorToken: form["actor_token"],
            actorTokenType: try form["actor_token_type"].map(Self.type),
            scopes: request.scopes,
            audiences: form["audience"].map { [$0] },
            resources: form["resource"].map { [$0] },
            requestedTokenType: try form["requested_token_type"].map(Self.issuedType)
        )
        let caller = TokenExchange.Caller(
            client: request.client.client,
            poolWithKeys: request.client.poolWithKeys,
            userAgent: request.context.userAgent,
            now: request.context.now
        )
        do {
            let issued = try await exchange.exchange(input, by: caller)
            var response = TokenResponse(accessToken: issued.token.text, expiresIn: issued.token.expiresIn)
            response.issuedTokenType = Self.typePrefix + (issued.isAccessToken ? "access_token" : "id_token")
            response.tokenType = issued.isAccessToken ? "Bearer" : "N_A"
            response.scope = issued.isAccessToken ? issued.scopes.joined(separator: " ") : nil
            return response
        } catch is TokenFailure {
            // Section 2.2.2: a token that isn't good is an invalid request.
            throw OAuthError(.invalidRequest)
        } catch UserFailure.notFound {
            throw OAuthError(.invalidRequest)
        }
    }

    private static func type(_ name: String) throws -> TokenTypeIdentifierType {
        switch name {
        case typePrefix + "access_token": .accessToken
        case typePrefix + "id_token": .idToken
        default: throw OAuthError(.invalidRequest)
        }
    }

    private static func issuedType(_ name: String) throws -> IssuedTokenTypeIdentifierType {
        switch name {
        case typePrefix + "access_token": .accessToken
        case typePrefix + "id_token": .idToken
        default: throw OAuthError(.invalidRequest)
        }
    }
}
