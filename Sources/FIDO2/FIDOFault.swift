/// Why what an authenticator sent isn't taken.
package enum FIDOFault: Error, Hashable, Sendable {
    /// It isn't what authenticators send.
    case malformed
    /// Its algorithm, or its form of attestation, isn't one that is taken.
    case unsupported
    /// A signature isn't right, or is over something else.
    case invalid
}
