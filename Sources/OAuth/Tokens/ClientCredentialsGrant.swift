import CognitoModel
import Domain
import Operations
import SignIn
import UserPools

/// `client_credentials` (RFC 6749 section 4.4): an access token for the client itself. `aws_client_metadata` is for triggers. 1 read
/// for each resource server whose scopes the client has; one RSA signature.
struct ClientCredentialsGrant: TokenGrant {
    let clientTokens: ClientTokens

    func tokens(_ request: TokenRequest) async throws -> TokenResponse {
        let client = request.client.client
        guard client.allowsOAuth(.clientCredentials) else { throw OAuthError(.invalidGrant) }
        let token = try await clientTokens.issue(
            to: client,
            scopes: request.scopes,
            in: request.client.poolWithKeys,
            now: request.context.now
        )
        return TokenResponse(accessToken: token.text, expiresIn: token.expiresIn)
    }
}
