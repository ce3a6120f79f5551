/// Why an authorization request is refused, and by which road the client or the user learns it.
package enum AuthorizationRefusal: Error, Sendable {
    /// On a page: the client isn't known, or not where its answers may be sent (RFC 6749 section 4.1.2.1).
    case page(String)
    /// At the client's redirect URI.
    case redirect(OAuthError, RedirectTarget)

    static let redirectMismatch = "redirect_mismatch"
    /// Users come from the pool itself: nobody signs in through a provider yet.
    static let noSuchProvider = "Login option is not available. Please try another one"

    static func missing(_ parameter: String) -> AuthorizationRefusal { .page(text(missing: parameter)) }

    /// All that a page says of a refusal, beside the codes of `OAuthError`.
    package static let texts = Set(
        [redirectMismatch, noSuchProvider] + ["client_id", "redirect_uri", "response_type"].map(text(missing:))
    )

    private static func text(missing parameter: String) -> String {
        "Required String parameter '\(parameter)' is not present"
    }
}

/// Where the answer to an authorization request is sent, and how.
package struct RedirectTarget: Hashable, Sendable {
    package let uri: String
    package let state: String?
    /// Whether it goes into the fragment, where the implicit grant has its answers (RFC 6749 section 4.2.2).
    package let isInFragment: Bool

    package init(uri: String, state: String?, isInFragment: Bool) {
        self.uri = uri
        self.state = state
        self.isInFragment = isInFragment
    }
}
