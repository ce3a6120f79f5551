import CognitoModel
import Domain
import Operations
import SignIn
import UserPools

/// `client_credentials` (RFC 6749 section 4.4): an access token for the client itself. One RSA signature, and where
/// they aren't kept 1 read for each resource server whose scopes the client has.
struct ClientCredentialsGrant: TokenGrant {
    let clientTokens: ClientTokens

    func tokens(_ request: TokenRequest) async throws -> TokenResponse {
        let client = request.client.client
        guard client.allowsOAuth(.clientCredentials) else { throw OAuthError(.invalidGrant) }
        let token = try await clientTokens.issue(
            to: client,
            scopes: request.scopes,
            in: request.client.poolWithKeys,
            by: TriggerCaller(
                clientID: client.id,
                userAgent: request.context.userAgent,
                clientMetadata: try Self.metadata(request.form["aws_client_metadata"])
            ),
            now: request.context.now
        )
        return TokenResponse(accessToken: token.text, expiresIn: token.expiresIn)
    }

    /// What the client says to the pool's function: a JSON object of texts; nil where it says nothing. As long as
    /// ClientMetadata of the API may be.
    private static func metadata(_ text: String?) throws -> [String: String]? {
        guard let text else { return nil }
        guard text.utf8.count <= longestMetadata,
            let metadata = try? RequestDecoder.document([String: String].self, from: text)
        else { throw OAuthError(.invalidRequest) }
        return metadata
    }

    private static let longestMetadata = 131_072
}
