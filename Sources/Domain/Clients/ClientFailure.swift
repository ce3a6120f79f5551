/// Why a caller isn't the app client that they name.
package enum ClientFailure: Error, Hashable, Sendable {
    case notFound(id: String)
    /// `SECRET_HASH` is absent though the client has a secret.
    case secretHashMissing(id: String)
    case secretHashWrong(id: String)
    case secretWrong(id: String)
    /// A client without a secret doesn't get one.
    case secretMissing(id: String)
    case tooManySecrets(id: String, limit: Int)
    case noSuchSecret(id: String)
    /// A client that has a secret keeps one.
    case lastSecret(id: String)
}
