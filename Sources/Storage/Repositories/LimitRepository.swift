import Database
package import Domain

/// The limits of requests that accounts have set. Kept in the process by `limiter`, which every node brings up to date.
package struct LimitRepository: Sendable {
    static let channel = "martlet_limits"

    private let database: any DatabaseEngine
    /// Counts requests by them.
    package let limiter = RateLimiter()

    init(database: any DatabaseEngine) { self.database = database }

    /// What the account has set for the category; nil where it has the free limit. One read.
    package func find(_ category: LimitCategory, of place: AccountPlace) async throws -> Int? {
        let row = try await database.read { connection in
            try connection.row(
                """
                select requests from provisioned_limits where account_id = \(place.accountID)
                    and region = \(place.region) and category = \(category.rawValue)
                """
            )
        }
        return try row?.int(0)
    }

    /// Sets a limit. It holds here at once, on other nodes within a second. One write, 1 read.
    package func set(_ category: LimitCategory, of place: AccountPlace, to requests: Int) async throws {
        try await database.write { connection in
            try connection.execute(
                """
                insert into provisioned_limits (account_id, region, category, requests)
                values (\(place.accountID), \(place.region), \(category.rawValue), \(requests))
                on conflict (account_id, region, category) do update set requests = excluded.requests
                """
            )
            try connection.notify(Self.channel, place.accountID)
        }
        try await load()
    }

    /// Reads all limits. One read.
    package func load() async throws {
        let rows = try await database.read { connection in
            try connection.rows("select account_id, region, category, requests from provisioned_limits")
        }
        var limits: [AccountPlace: [LimitCategory: Int]] = [:]
        for row in rows {
            guard let category = LimitCategory(rawValue: try row.text(2)) else { continue }
            let place = AccountPlace(accountID: try row.text(0), region: try row.text(1))
            limits[place, default: [:]][category] = try row.int(3)
        }
        limiter.set(limits)
    }

    /// Follows what other nodes set, until the database is closed.
    package func follow() async {
        let changes = database.notifications(Self.channel)
        try? await load()
        for await _ in changes { try? await load() }
    }

    func forget() { limiter.set([:]) }
}
