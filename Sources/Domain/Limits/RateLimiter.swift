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

/// Lets through as many requests of an account as its limits allow, on this node: a bucket for each category, which holds
/// what may come within one second.
///
/// A bucket is one number, the moment from which on it is full again (the generic cell rate algorithm), so that a request
/// costs a look at a table. What nobody has asked for lately is as if it weren't there, so the accounts that are kept are
/// bounded by forgetting all of them.
package final class RateLimiter: Sendable {
    /// Administrators choose regions, so there may be many.
    private static let mostAccounts = 1024
    private static let second: Int64 = 1_000_000

    private struct State {
        /// By account, and by the category's place.
        var fullAt: [AccountPlace: [Int64]] = [:]
        /// Those that differ from the free ones.
        var limits: [AccountPlace: [LimitCategory: Int]] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Sets the limits of all accounts that have other than the free ones.
    package func set(_ limits: [AccountPlace: [LimitCategory: Int]]) { state.withLock { $0.limits = limits } }

    /// Whether one more request may come; it then counts.
    package func admits(_ category: LimitCategory, of place: AccountPlace, at now: Timestamp) -> Bool {
        let moment = now.milliseconds * 1000
        return state.withLock { state in
            let limit = state.limits[place].map { $0[category.counted] ?? category.counted.freeLimit }
            let requests = category.requests(under: limit ?? category.counted.freeLimit)
            if state.fullAt[place] == nil {
                if state.fullAt.count >= Self.mostAccounts { state.fullAt = [:] }
                state.fullAt[place] = [Int64](repeating: 0, count: LimitCategory.allCases.count)
            }
            let step = Self.second / Int64(max(requests, 1))
            let index = category.index
            var fullAt = max(state.fullAt[place]?[index] ?? 0, moment)
            // Later than that it can't be, unless the clock went back.
            if fullAt > moment + Self.second { fullAt = moment }
            guard fullAt + step <= moment + Self.second else { return false }
            state.fullAt[place]?[index] = fullAt + step
            return true
        }
    }
}

extension LimitCategory {
    /// The category whose limit holds.
    fileprivate var counted: LimitCategory { self == .challengeResponse ? .userAuthentication : self }

    /// How many requests a limit comes to.
    fileprivate func requests(under limit: Int) -> Int { self == .challengeResponse ? limit * 3 : limit }

    fileprivate var index: Int { Self.places[self] ?? 0 }

    private static let places = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
