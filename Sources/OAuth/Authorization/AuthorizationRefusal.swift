/// Why an authorization request is refused, and by which road the client or the user learns it.
package enum AuthorizationRefusal: Error, Sendable {
    /// On a page: the client isn't known, or not where its answers may be sent (RFC 6749 section 4.1.2.1).
    case page(String)
    /// At the client's redirect URI.
    case redirect(OAuthError, RedirectTarget)
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
