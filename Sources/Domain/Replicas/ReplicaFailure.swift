/// Why a pool can't have a replica, or not so.
package enum ReplicaFailure: Error, Hashable, Sendable {
    case exists(region: String)
    case notFound(region: String)
    /// Only an inactive one is deleted.
    case active(region: String)
    case tooMany(limit: Int)
    /// The pool's own region, whose pool is no replica.
    case primary
    case invalidRegion(String)
    /// The LITE plan has none.
    case unavailableInTier
}
