/// What an OAuth client may do with the tokens of a sign-in. Sign-ins by the API have none: their tokens serve the
/// user's own operations.
package struct OAuthGrant: Hashable, Sendable {
    /// In the order in which they were asked for.
    package let scopes: [String]
    /// The resource that the access token is for (RFC 8707); nil where it is for no one in particular.
    package let audience: String?

    package init(scopes: [String], audience: String? = nil) {
        self.scopes = scopes
        self.audience = audience
    }

    /// Whether an ID token comes along (OpenID Connect Core, section 3.1.2.1).
    package var givesIDToken: Bool { scopes.contains(StandardScope.openID) }

    /// Whether the scopes let the client see an attribute (developer guide, "Scopes, M2M, and resource servers"):
    /// `openid` alone shows all that the client may read, as `profile` does; with `email` or `phone` only theirs.
    package func shows(_ attribute: String) -> Bool {
        let claims = scopes.filter(StandardScope.claims.contains)
        if claims.isEmpty || claims.contains(StandardScope.profile) { return true }
        return attribute == "sub" || claims.contains { StandardScope.attributes[$0]?.contains(attribute) == true }
    }

    /// Whether the client may read what the scopes `email` and `phone` show, of which Cognito makes sure (developer
    /// guide, "Token endpoint"): the address, and whether it is verified.
    package func isReadable(by client: AppClient) -> Bool {
        scopes.allSatisfy { scope in StandardScope.attributes[scope]?.allSatisfy(client.mayRead) ?? true }
    }
}

/// The scopes that every pool knows.
package enum StandardScope {
    package static let openID = "openid"
    package static let email = "email"
    package static let phone = "phone"
    package static let profile = "profile"
    /// The user's own operations.
    package static let userAdmin = "aws.cognito.signin.user.admin"

    package static let all = [openID, email, phone, profile, userAdmin]

    /// Those that say which attributes are shown.
    static let claims: Set = [email, phone, profile]

    static let attributes: [String: Set<String>] = [
        email: ["email", "email_verified"], phone: ["phone_number", "phone_number_verified"],
    ]
}
