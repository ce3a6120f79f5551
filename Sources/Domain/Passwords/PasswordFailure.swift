/// Why a password can't be the user's.
package enum PasswordFailure: Error, Hashable, Sendable {
    /// A rule of the pool's policy.
    package enum Rule: Hashable, Sendable {
        case length, uppercase, lowercase, numbers, symbols
    }

    case breaks(Rule)
    /// It is one of those that the pool remembers.
    case usedBefore
    /// It is among those that are known to others.
    case compromised
    /// The pool's users can't do without one.
    case missing
}
