package import Cryptography
package import JOSE

/// A pool's signing keys: ID tokens and access tokens are signed by different ones, as Cognito does.
///
/// Immutable and shared by all requests, so a class: a value of so many members would be copied at every call.
package final class TokenKeys: Sendable {
    /// The keys that sign.
    package let id: SigningKey
    package let access: SigningKey
    /// What else is published: the keys that will sign, and those that did.
    private let others: [SigningKey]
    private let accessKeys: [String: RSAPublicKey]
    private let idKeys: [String: RSAPublicKey]

    /// Keys that sign, and others that are published beside them.
    package init(id: SigningKey, access: SigningKey, otherIDs: [SigningKey] = [], otherAccesses: [SigningKey] = []) {
        self.id = id
        self.access = access
        others = otherIDs + otherAccesses
        let accesses = ([access] + otherAccesses).map { ($0.id, $0.publicKey) }
        accessKeys = Dictionary(accesses) { first, _ in first }
        idKeys = Dictionary(([id] + otherIDs).map { ($0.id, $0.publicKey) }) { first, _ in first }
    }

    /// The key of that `kid`, if access tokens may be signed by it.
    package func accessKey(_ id: String) -> RSAPublicKey? { accessKeys[id] }

    /// The key of that `kid`, if ID tokens may be signed by it.
    package func idKey(_ id: String) -> RSAPublicKey? { idKeys[id] }

    /// The key set (RFC 7517 section 5), ID key first, those that sign before the others.
    package var jwks: String { #"{"keys":[\#(([id, access] + others).map(\.jwk).joined(separator: ","))]}"# }
}
