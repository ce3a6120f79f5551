package import CognitoModel
package import Database
package import Domain

/// Counts of failed passwords and of attempts on codes. `subject` is a user's `sub`, or stands for a name that nobody
/// has.
package struct AttemptRepository: Sendable {
    /// The action under which failed passwords are counted.
    static let password = "password"

    private let database: any DatabaseEngine

    package init(database: any DatabaseEngine) { self.database = database }

    /// Counts one attempt and returns whether it is within the hour's limit. One write.
    package func isAllowed(_ limit: AttemptLimit, subject: String, poolID: String, now: Timestamp) async throws -> Bool
    {
        try await database.write { try $0.countAttempt(limit, subject: subject, poolID: poolID, now: now) }
    }

    /// When the last attempt was counted; nil where there was none.
    package func lastAttempt(_ limit: AttemptLimit, subject: String, poolID: String) async throws -> Timestamp? {
        let row = try await database.read { connection in
            try connection.row(
                """
                select last_at from attempts
                where pool_id = \(poolID) and subject = \(subject) and action = \(limit.rawValue)
                """
            )
        }
        return try row.map { Timestamp(milliseconds: try $0.integer(0)) }
    }

    /// The failed passwords for a name that nobody has.
    package func lockout(subject: String, poolID: String) async throws -> PasswordLockout? {
        let row = try await database.read { connection in
            try connection.row(
                """
                select count, last_at from attempts
                where pool_id = \(poolID) and subject = \(subject) and action = \(Self.password)
                """
            )
        }
        return try row.map { row in
            PasswordLockout(
                failures: try row.int(0),
                lastFailure: Timestamp(milliseconds: try row.integer(1))
            )
        }
    }

    /// Counts one failed password; after an idle time the count starts again. One write.
    package func recordPasswordFailure(subject: String, poolID: String, now: Timestamp) async throws {
        let idleSince = now.milliseconds - PasswordLockout.forgottenAfter
        try await database.write { connection in
            try connection.execute(
                """
                insert into attempts (pool_id, subject, action, count, started_at, last_at)
                values (\(poolID), \(subject), \(Self.password), \(1), \(now.milliseconds), \(now.milliseconds))
                on conflict (pool_id, subject, action) do update
                set count = case when attempts.last_at <= \(idleSince) then 1 else attempts.count + 1 end, last_at = excluded.last_at
                """
            )
        }
    }
}

extension Connection {
    /// Counts one attempt and returns whether it is within the hour's limit.
    func countAttempt(_ limit: AttemptLimit, subject: String, poolID: String, now: Timestamp) throws -> Bool {
        let hourAgo = now.milliseconds - 3600 * 1000
        let row = try row(
            """
            insert into attempts (pool_id, subject, action, count, started_at, last_at)
            values (\(poolID), \(subject), \(limit.rawValue), \(1), \(now.milliseconds), \(now.milliseconds))
            on conflict (pool_id, subject, action) do update set
                count = case when attempts.started_at <= \(hourAgo) then 1 else attempts.count + 1 end,
                started_at = case when attempts.started_at <= \(hourAgo) then excluded.started_at
                    else attempts.started_at end,
                last_at = excluded.last_at
            returning count
            """
        )
        return try row.map { try $0.int(0) <= limit.perHour } ?? false
    }

    /// Forgets the attempts of one kind.
    func clearAttempts(_ action: String, subject: String, poolID: String) throws {
        try enqueue(
            "delete from attempts where pool_id = \(poolID) and subject = \(subject) and action = \(action)"
        )
    }
}
