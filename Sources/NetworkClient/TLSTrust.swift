/// Whose word is taken for who the other side is. Its name and the whole chain are checked in any case, and it speaks
/// TLS 1.2 or later.
package enum TLSTrust: Sendable, Hashable {
    /// The certificate authorities that the system trusts.
    case system
    /// Those of a file of PEM certificates, and no others.
    case certificateAuthorities(path: String)
}
