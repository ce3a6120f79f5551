import Domain
package import Operations
import SignIn
package import UserPools

/// One way to get tokens at the token endpoint: a value of `grant_type`.
package protocol TokenGrant: Sendable {
    /// The tokens. Throws `OAuthError`, and failures that `OAuthErrorConvertible` words.
    func tokens(_ request: TokenRequest) async throws -> TokenResponse
}

/// A request of the token endpoint, by a client that is proven.
package struct TokenRequest: Sendable {
    package let client: PublicClient
    package let form: FormParameters
    package let context: RequestContext

    /// The scopes that are asked for; nil where none are.
    var scopes: [String]? {
        form["scope"].map { $0.split(separator: " ").map(String.init).deduplicated }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// As the sign-ins of the API take it.
    var signIn: SignInRequest {
        SignInRequest(
            client: client.client,
            poolWithKeys: client.poolWithKeys,
            parameters: SignInParameters([:]),
            context: SignInContext(context),
            now: context.now
        )
    }
}
