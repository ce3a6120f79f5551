import Domain

/// Where a browser or an OAuth client asks: at a pool's domain, or at the plain host, where the client says of which
/// pool.
package struct LoginSite: Sendable {
    /// Its address, without a trailing slash.
    package let url: String
    /// The pool whose domain it is; nil at the plain host.
    package let poolID: String?
    /// 1 for the classic pages, 2 for managed login.
    package let managedLoginVersion: Int
    /// Whether its cookies are for TLS alone.
    package let isSecure: Bool
}
