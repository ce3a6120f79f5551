import CognitoModel
import Domain
import Operations
import SignIn
import UserPools

/// `refresh_token` (RFC 6749 section 6). The tokens are of the scopes that were granted at first, whichever are asked
/// for: the answer of Cognito has no place to say what it narrowed. 1 read, and 1 write where the client rotates
/// refresh tokens; two RSA signatures, one without an ID token.
struct RefreshTokenGrant: TokenGrant {
    let driver: SignInDriver

    func tokens(_ request: TokenRequest) async throws -> TokenResponse {
        let client = request.client.client
        guard client.allows(.refreshTokenAuth) || client.rotationGracePeriod != nil else {
            throw OAuthError(.unauthorizedClient)
        }
        guard let token = request.form["refresh_token"] else { throw OAuthError(.invalidRequest) }
        return TokenResponse(try await driver.rotate(token, request.signIn))
    }
}
