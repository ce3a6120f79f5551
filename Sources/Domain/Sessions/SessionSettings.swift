/// How many sign-ins a pool's users may have at once, and whether it looks after them.
package struct SessionSettings: Hashable, Sendable {
    package let isTracked: Bool
    /// Who signs in once more loses the session that was used the longest ago.
    package let mostPerUser: Int

    package init(isTracked: Bool = false, mostPerUser: Int = 20) {
        self.isTracked = isTracked
        self.mostPerUser = mostPerUser
    }
}

/// Why a user's sessions can't be looked at, or ended.
package enum SessionFailure: Error, Hashable, Sendable {
    /// The pool doesn't track them.
    case notTracked
    case notFound
    /// It is the one of the token that was given.
    case current
    case settingsUnavailableInTier
}
