/// Why a code that was sent doesn't help, or none is sent.
package enum CodeFailure: Error, Hashable, Sendable {
    case mismatch
    /// The code has expired, was used, or was never sent.
    case expired
    /// The hour's attempts are used up.
    case attemptsExceeded
    /// The hour's messages are used up.
    case messagesExceeded
}

/// Why a forgotten password can't be recovered by a code.
package enum RecoveryFailure: Error, Hashable, Sendable {
    /// The pool leaves recovery to administrators.
    case administratorOnly
    /// The user has no verified address that the pool recovers by.
    case noVerifiedAddress
}
