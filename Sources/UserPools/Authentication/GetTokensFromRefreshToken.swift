package import CognitoModel
import Domain
import Storage

/// New tokens for a refresh token, which is replaced where the client rotates. 1 read, and where the client rotates 1
/// write; two RSA signatures.
package enum GetTokensFromRefreshToken: Operation {
    package static func run(
        _ input: GetTokensFromRefreshTokenRequest,
        _ call: Call<PublicClient>
    ) async throws -> GetTokensFromRefreshTokenResponse {
        try call.caller.client.checkSecret(input.clientSecret)
        let signIn = SignIn(
            client: call.caller.client,
            entry: call.caller.entry,
            services: call.services,
            flow: .refreshTokenAuth,
            now: call.now
        )
        let answer = try await SignIn.recording("GetTokensFromRefreshToken", call.services) {
            try await signIn.rotate(input.refreshToken)
        }
        return GetTokensFromRefreshTokenResponse(authenticationResult: answer.tokens)
    }
}
