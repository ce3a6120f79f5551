package import CognitoModel

/// Slows down guessing: after five failed passwords in a row a lock of one second, doubling with each further failure
/// to about fifteen minutes. Fifteen idle minutes forget everything (developer guide, "Lockout behavior for failed
/// sign-in attempts").
package struct PasswordLockout: Sendable, Hashable {
    private static let freeAttempts = 5
    private static let longestLock: Int64 = 15 * 60 * 1000
    /// After so many idle milliseconds the failures are forgotten.
    package static let forgottenAfter: Int64 = longestLock

    /// Failures in a row.
    package let failures: Int
    package let lastFailure: Timestamp

    package init(failures: Int, lastFailure: Timestamp) {
        self.failures = failures
        self.lastFailure = lastFailure
    }

    package func isLocked(at now: Timestamp) -> Bool {
        guard failures >= Self.freeAttempts else { return false }
        let doublings = min(failures - Self.freeAttempts, 20)
        let lock = min(1000 << Int64(doublings), Self.longestLock)
        return now < lastFailure.adding(milliseconds: lock)
    }
}
