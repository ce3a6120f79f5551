package import CognitoModel
import Domain
import SignIn

/// An access token for an app client itself, which proves who it is by its secret. 1 read for each resource server that
/// it has scopes of; one RSA signature.
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
        let token = try await token(of: client, input, call)
        return GetClientTokenResponse(
            clientAuthenticationResult: ClientAuthenticationResultType(
                accessToken: token.text,
                expiresIn: token.expiresIn,
                tokenType: "Bearer"
            )
        )
    }

    /// The operation declares none of the errors of functions: a client that gets no token from one isn't authorized,
    /// in the words that the others have.
    private static func token(
        of client: AppClient,
        _ input: GetClientTokenRequest,
        _ call: Call<PublicClient>
    ) async throws -> TokenIssuer.SingleToken {
        do {
            return try await call.clientTokens.issue(
                to: client,
                scopes: input.scopes,
                in: call.caller.poolWithKeys,
                by: TriggerCaller(clientID: client.id, call.request, clientMetadata: input.clientMetadata),
                now: call.now
            )
        } catch let failure as TriggerFailure {
            throw CognitoError(.notAuthorized, failure.cognitoError.message)
        }
    }
}
