package import JOSE

/// A pool's two signing keys: ID tokens and access tokens are signed by different ones, as Cognito does.
///
/// Immutable and shared by all requests, so a class: a value of so many members would be copied at every call.
package final class TokenKeys: Sendable {
    package let id: SigningKey
    package let access: SigningKey

    package init(id: SigningKey, access: SigningKey) {
        self.id = id
        self.access = access
    }

    /// The key set (RFC 7517 section 5), ID key first.
    package var jwks: String { #"{"keys":[\#(id.jwk),\#(access.jwk)]}"# }
}
