package import CognitoModel
import Domain
import SignIn

/// An access token for an app client itself, which proves who it is by its secret. No statement where the client is kept
/// in the process; one RSA signature.
package enum GetClientToken: Operation {
    package static func run(
        _ input: GetClientTokenRequest,
        _ call: Call<PublicClient>
    ) async throws -> GetClientTokenResponse {
        let client = call.caller.client
        guard client.configuration.explicitAuthFlows?.contains(.allowClientTokenAuth) == true else {
            throw CognitoError.exchangeNotEnabled(.allowClientTokenAuth)
        }
        guard client.secret != nil else { throw ClientFailure.secretMissing(id: client.id) }
        try client.checkSecret(input.secret)
        // Those of resource servers: the others are for users.
        let allowed = (client.configuration.allowedOAuthScopes ?? []).filter { $0.contains("/") }
        let scopes = input.scopes ?? allowed
        if let other = scopes.first(where: { !allowed.contains($0) }) { throw CognitoError.scopeNotAllowed(other) }
        let token = try call.tokens.issueClientToken(
            client,
            scopes: scopes,
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
