package import Domain
package import Operations
package import UserPools

/// What a client asks the user for (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.1), once it is checked.
/// It is read from the query of `/oauth2/authorize` and of every page that it leads to, which carries the same
/// parameters.
package struct AuthorizationRequest: Sendable {
    package enum ResponseType: String, Sendable {
        case code
        case token
    }

    package let site: LoginSite
    package let client: PublicClient
    package let responseType: ResponseType
    package let target: RedirectTarget
    /// What the tokens will be for.
    package let grant: OAuthGrant
    package let nonce: String?
    package let codeChallenge: String?
    package let prompts: Set<String>
    package let loginHint: String?
    /// The most seconds since the user signed in.
    package let maxAge: Int64?
    /// The names of the levels that will do, the best first.
    package let acrValues: [String]
    /// How strongly the user is to sign in; nil where the client doesn't ask, or the pool's plan has no levels.
    package var signInTarget: SignInTarget? {
        client.pool.hasAuthenticationLevels ? SignInTarget(client.pool.levels(named: acrValues)) : nil
    }

    /// As the request came, for the pages that it leads to.
    package let parameters: FormParameters

    /// What an authorization request must not repeat (RFC 6749 section 3.1).
    static let names = [
        "response_type", "client_id", "redirect_uri", "state", "scope", "nonce", "code_challenge",
        "code_challenge_method", "prompt", "login_hint", "max_age", "acr_values", "identity_provider", "idp_identifier",
        "resource", "lang",
    ]
}
