package import CognitoModel
import Domain
import SignIn

/// A token for another, scoped for a service (RFC 8693). Up to 3 reads; up to two RSA public operations and one RSA
/// signature.
package enum GetDerivedToken: Operation {
    package static func run(
        _ input: GetDerivedTokenRequest,
        _ call: Call<PublicClient>
    ) async throws -> GetDerivedTokenResponse {
        let client = call.caller.client
        try client.checkSecret(input.clientSecret)
        let exchange = TokenExchange(
            store: call.store,
            tokens: call.tokens,
            issuer: call.issuer,
            triggers: call.triggers
        )
        let issued = try await exchange.exchange(
            input,
            by: TokenExchange.Caller(
                client: client,
                poolWithKeys: call.caller.poolWithKeys,
                userAgent: call.request.userAgent,
                now: call.now
            )
        )
        return GetDerivedTokenResponse(
            issuedToken: issued.token.text,
            issuedTokenType: issued.isAccessToken ? .accessToken : .idToken,
            tokenType: issued.isAccessToken ? .bearer : .nA,
            expiresIn: issued.token.expiresIn,
            scopes: issued.isAccessToken ? issued.scopes : nil
        )
    }
}
