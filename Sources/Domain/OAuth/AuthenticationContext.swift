/// How strongly a user signed in, and by what (developer guide, "Authentication levels with ACR and AMR claims"). It is
/// in tokens where it was asked for.
package struct AuthenticationContext: Hashable, Sendable {
    /// The name of the level that was reached, such as `urn:cognito:loa:3`.
    package let acr: String
    /// The methods, such as `pwd` and `otp` (RFC 8176).
    package let amr: [String]

    package init(acr: String, amr: [String]) {
        self.acr = acr
        self.amr = amr
    }
}
