package import CognitoModel
import Domain
import SignIn

/// An access token for an app client itself, which proves who it is by its secret. 1 read for each resource server that it
/// has scopes of; one RSA signature.
package enum GetClientToken: Operation {
    package static func run(
        _ input: GetClientTokenRequest,
        _ call: Call<PublicClient>
    ) async throws -> GetClientTokenResponse {
        let client = call.caller.client
        guard client.configuration.explicitAuthFlows?.contains(.allowClientTokenAuth) == true else {
            throw TokenExchangeFailure.notEnabled(.allowClientTokenAuth)
        }
        guard client.secret != nil else { throw ClientFailure.secretMissing(id: client.id) }
        try client.checkSecret(input.secret)
        let token = try await ClientTokens(store: call.store, tokens: call.tokens).issue(
            to: client,
            scopes: input.scopes,
            in: call.caller.poolWithKeys,
            now: call.now
        )
        return GetClientTokenResponse(
            clientAuthenticationResult: ClientAuthenticationResultType(
                accessToken: token.text,
                expiresIn: token.expiresIn,
                tokenType: "Bearer"
            )
        )
    }
}
