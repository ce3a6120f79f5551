/// Why a caller isn't the app client that they name.
package enum ClientFailure: Error, Hashable, Sendable {
    case notFound(id: String)
    /// `SECRET_HASH` is absent though the client has a secret.
    case secretHashMissing(id: String)
    case secretHashWrong(id: String)
    case secretWrong(id: String)
}
