/// Why a client doesn't get a scope.
package enum ScopeFailure: Error, Hashable, Sendable {
    /// Its resource server isn't there, or doesn't have it.
    case unknown(String)
    /// It isn't one of the client's.
    case notAllowed(String)
}
