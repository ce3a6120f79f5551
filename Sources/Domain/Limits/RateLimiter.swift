package import CognitoModel
import Synchronization

/// Whose limits they are: an account's, in a region.
package struct AccountPlace: Hashable, Sendable {
    package let accountID: String
    package let region: String

    package init(accountID: String, region: String) {
        self.accountID = accountID
        self.region = region
    }
}

/// Lets through as many requests of an account as its limits allow, on this node: a bucket for each category, which
/// holds what may come within one second.
///
/// A bucket is one number, the moment from which on it is full again (the generic cell rate algorithm), so that a
/// request costs one look at a table under a lock. What nobody has asked for lately is as if it weren't there, so the
/// accounts that are kept are bounded by forgetting all of them.
package final class RateLimiter: Sendable {
    /// Administrators choose regions, so there may be many.
    private static let mostAccounts = 1024

    private struct State {
        var accounts: [AccountPlace: Buckets] = [:]
        /// Those that differ from the free ones.
        var limits: [AccountPlace: [LimitCategory: Int]] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Sets the limits of all accounts that have other than the free ones.
    package func set(_ limits: [AccountPlace: [LimitCategory: Int]]) {
        state.withLock { state in
            state.limits = limits
            for place in state.accounts.keys { state.accounts[place]?.set(limits[place] ?? [:]) }
        }
    }

    /// Whether one more request may come; it then counts.
    package func admits(_ category: LimitCategory, of place: AccountPlace, at now: Timestamp) -> Bool {
        let moment = now.milliseconds * 1000
        return state.withLock { state in
            if let isAdmitted = state.accounts[place]?.take(category, at: moment) { return isAdmitted }
            if state.accounts.count >= Self.mostAccounts { state.accounts = [:] }
            var buckets = Buckets()
            buckets.set(state.limits[place] ?? [:])
            let isAdmitted = buckets.take(category, at: moment)
            state.accounts[place] = buckets
            return isAdmitted
        }
    }
}

/// The buckets of one account, by the place of their category. Times are in microseconds.
private struct Buckets {
    private static let second: Int64 = 1_000_000

    private var fullAt = [Int64](repeating: 0, count: LimitCategory.allCases.count)
    /// How much later each request lets its bucket be full.
    private var steps: [Int64] = []

    mutating func set(_ limits: [LimitCategory: Int]) {
        steps = LimitCategory.allCases.map { category in
            let counted = category == .challengeResponse ? .userAuthentication : category
            let limit = limits[counted] ?? counted.freeLimit
            return Self.second / Int64(max(category == .challengeResponse ? limit * 3 : limit, 1))
        }
    }

    mutating func take(_ category: LimitCategory, at moment: Int64) -> Bool {
        let index = category.index
        var full = max(fullAt[index], moment)
        // Later than that it can't be, unless the clock went back.
        if full > moment + Self.second { full = moment }
        guard full + steps[index] <= moment + Self.second else { return false }
        fullAt[index] = full + steps[index]
        return true
    }
}

extension LimitCategory {
    fileprivate var index: Int { Self.places[self] ?? 0 }

    private static let places = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
