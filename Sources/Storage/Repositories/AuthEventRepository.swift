package import CognitoModel
import Database
package import Domain

/// The history of users: what they, or those who say to be them, did. An event is written by the transaction of what it
/// tells of.
package struct AuthEventRepository: Sendable {
    /// So many of the newest sign-ins tell where a user signs in from.
    private static let remembered = 100

    private let database: any DatabaseEngine
    private let feed: AuthEventFeed

    init(database: any DatabaseEngine, feed: AuthEventFeed) {
        self.database = database
        self.feed = feed
    }

    /// Writes an event by itself, where nothing else is written. One write.
    package func record(_ event: AuthEvent) async throws {
        try await database.write { try $0.insert(event) }
        feed.tell(event)
    }

    /// Whether the user has signed in from there before. One read of one statement.
    package func history(of sub: String, poolID: String, at place: SignInPlace) async throws -> SignInHistory {
        let row = try await database.read { connection in
            try connection.row(
                """
                select count(*), max(case when address = \(place.address) then 1 else 0 end),
                    max(case when device = \(place.device) then 1 else 0 end)
                from (select address, device from auth_events
                    where pool_id = \(poolID) and sub = \(sub) and response = 'Pass'
                    order by id desc limit \(Self.remembered)) as recent
                """
            )
        }
        guard let row, try row.int(0) > 0 else {
            return SignInHistory(count: 0, knowsAddress: false, knowsDevice: false)
        }
        return SignInHistory(
            count: try row.int(0),
            knowsAddress: try row.int(1) == 1,
            knowsDevice: try row.int(2) == 1
        )
    }

    /// One page of a user's events, the newest first. One read of one statement.
    package func list(
        of sub: String,
        poolID: String,
        after cursor: [String]?,
        limit: Int
    ) async throws -> Page<AuthEventType> {
        let before: SQL = cursor?.first.map { "and id < \($0)" } ?? ""
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select document, id, feedback, feedback_provider, feedback_at from auth_events
                where pool_id = \(poolID) and sub = \(sub) \(before) order by id desc limit \(limit + 1)
                """
            )
        }
        return try Page(rows, limit: limit, cursor: [1]) { row in
            var event = try RequestDecoder.document(AuthEventType.self, from: row.text(0))
            if let value = try row.textIfPresent(2) {
                event.eventFeedback = EventFeedbackType(
                    feedbackValue: FeedbackValueType(rawValue: value),
                    provider: try row.text(3),
                    feedbackDate: Timestamp(milliseconds: try row.integer(4))
                )
            }
            return event
        }
    }

    /// Takes down what somebody says of an event. Throws `ThreatProtectionFailure.eventNotFound` where the user has
    /// none of that id. One write.
    package func setFeedback(
        _ value: FeedbackValueType,
        by provider: String,
        on eventID: String,
        of sub: String,
        poolID: String,
        now: Timestamp
    ) async throws {
        let changed = try await database.write { connection in
            try connection.execute(
                """
                update auth_events set feedback = \(value.rawValue), feedback_provider = \(provider),
                    feedback_at = \(now.milliseconds)
                where pool_id = \(poolID) and sub = \(sub) and id = \(eventID)
                """
            )
        }
        guard changed == 1 else { throw ThreatProtectionFailure.eventNotFound(eventID) }
    }
}

extension Connection {
    /// Writes an event together with what it tells of.
    func insert(_ event: AuthEvent) throws {
        try enqueue(
            """
            insert into auth_events (pool_id, sub, id, expires_at, response, address, device, document)
            values (\(event.poolID), \(event.sub), \(event.shown.eventId ?? ""), \(event.expiresAt.milliseconds),
                \(event.shown.eventResponse?.rawValue ?? ""), \(event.place.address), \(event.place.device),
                \(event.shown.text))
            """
        )
    }
}

extension UserRepository {
    /// Changes a user and records why, in one transaction.
    package func update(
        sub: String,
        in pool: UserPool,
        recording event: AuthEvent?,
        change: @escaping @Sendable (inout User) throws -> Void
    ) async throws {
        let now = clock.now()
        try await database.write { connection in
            try connection.updateUser(sub: sub, in: pool, now: now, change: change)
            if let event { try connection.insert(event) }
        }
        feed.tell(event)
    }
}
