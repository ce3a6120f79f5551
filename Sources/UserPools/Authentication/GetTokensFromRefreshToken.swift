package import CognitoModel
import Domain
import SignIn
import Storage

/// New tokens for a refresh token, which is replaced where the client rotates. 1 read, and where the client rotates 1
/// write; two RSA signatures.
package enum GetTokensFromRefreshToken: Operation {
    package static func run(
        _ input: GetTokensFromRefreshTokenRequest,
        _ call: Call<PublicClient>
    ) async throws -> GetTokensFromRefreshTokenResponse {
        try call.caller.client.checkSecret(input.clientSecret)
        let request = SignInRequest(
            client: call.caller.client,
            poolWithKeys: call.caller.poolWithKeys,
            parameters: SignInParameters(input.deviceKey.map { ["DEVICE_KEY": $0] }),
            context: SignInContext(clientMetadata: input.clientMetadata, call.request),
            now: call.now
        )
        let tokens = try await call.signIn.rotate(input.refreshToken, request)
        return GetTokensFromRefreshTokenResponse(authenticationResult: AuthenticationResultType(tokens))
    }
}
