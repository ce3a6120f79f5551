import CognitoModel
import Domain
import SignIn
import UserPools

/// `authorization_code` (RFC 6749 section 4.1.3). 1 read, 1 write; two RSA signatures, one without an ID token.
struct AuthorizationCodeGrant: TokenGrant {
    let codes: AuthorizationCodes

    func tokens(_ request: TokenRequest) async throws -> TokenResponse {
        guard request.client.client.allowsOAuth(.code) else { throw OAuthError(.unauthorizedClient) }
        guard let code = request.form["code"], code.utf8.count <= 256 else { throw OAuthError(.invalidRequest) }
        let tokens = try await codes.redeem(
            code,
            redirectURI: request.form["redirect_uri"],
            codeVerifier: request.form["code_verifier"],
            request.signIn
        )
        return TokenResponse(tokens)
    }
}
