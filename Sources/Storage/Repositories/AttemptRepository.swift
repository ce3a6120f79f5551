package import CognitoModel
import Cryptography
package import Database
package import Domain

/// Counts of failed passwords, of attempts on codes, and of messages sent.
package struct AttemptRepository: Sendable {
    /// The action under which failed passwords are counted.
    static let password = "password"

    private let database: any DatabaseEngine
    private let feed: AuthEventFeed

    package init(database: any DatabaseEngine, feed: AuthEventFeed = AuthEventFeed()) {
        self.database = database
        self.feed = feed
    }

    /// Counts one attempt and returns whether it is within the limit. One write, with the event that goes along: past
    /// the limit there is none, so that nobody fills a user's history.
    package func isAllowed(
        _ limit: AttemptLimit,
        subject: AttemptSubject,
        poolID: String,
        recording event: AuthEvent? = nil,
        now: Timestamp
    ) async throws -> Bool {
        let isAllowed = try await database.write { connection in
            let isAllowed = try connection.countAttempt(limit, subject: subject, poolID: poolID, now: now)
            if isAllowed, let event { try connection.insert(event) }
            return isAllowed
        }
        if isAllowed { feed.tell(event) }
        return isAllowed
    }

    /// Counts a message to a user and keeps it; returns whether it is withheld, and nil past the limit. One write.
    package func put(
        _ message: StoredMessage,
        to sub: String,
        within limit: AttemptLimit,
        now: Timestamp
    ) async throws -> WithheldMessages? {
        try await database.write { connection in
            let subject = AttemptSubject.user(sub: sub)
            guard try connection.countAttempt(limit, subject: subject, poolID: message.poolID, now: now) else {
                return nil
            }
            return try connection.put([message])
        }
    }

    /// The failed passwords that count against the subject. 1 read.
    package func passwordFailures(of subject: AttemptSubject, poolID: String) async throws -> PasswordLockout? {
        let row = try await database.read { connection in
            try connection.row(
                """
                select count, last_at from attempts
                where pool_id = \(poolID) and subject = \(subject.key) and action = \(Self.password)
                """
            )
        }
        return try row.map { row in
            PasswordLockout(failures: try row.int(0), lastFailure: Timestamp(milliseconds: try row.integer(1)))
        }
    }

    /// Counts one failed password, and returns all that count now; after an idle time the count starts again. One
    /// write, with the event that goes along.
    package func recordPasswordFailure(
        subject: AttemptSubject,
        poolID: String,
        recording event: AuthEvent? = nil,
        now: Timestamp
    ) async throws -> PasswordLockout {
        let idleSince = now.milliseconds - PasswordLockout.forgottenAfter
        let count = try await database.write { connection in
            if let event { try connection.insert(event) }
            return try connection.row(
                """
                insert into attempts (pool_id, subject, action, count, started_at, last_at)
                values (\(poolID), \(subject.key), \(Self.password), \(1), \(now.milliseconds), \(now.milliseconds))
                on conflict (pool_id, subject, action) do update set
                    count = case when attempts.last_at <= \(idleSince) then 1 else attempts.count + 1 end,
                    last_at = excluded.last_at
                returning count
                """
            )?.int(0)
        }
        feed.tell(event)
        return PasswordLockout(failures: count ?? 1, lastFailure: now)
    }
}

extension AttemptSubject {
    /// As the column has it. They don't meet: a user's is a UUID.
    var key: String {
        switch self {
        case .user(let sub): sub
        case .name(let hash): "name:\(Hex.encode(Array(hash.prefix(16))))"
        case .session(let nonce): "session:\(nonce)"
        case .code(let hash): "code:\(Hex.encode(Array(hash.prefix(16))))"
        case .address(let hash): "address:\(Hex.encode(Array(hash.prefix(16))))"
        case .peer(let address): "peer:\(address)"
        case .pool: "pool"
        }
    }
}

extension Connection {
    /// Counts one attempt and returns whether it is within the limit.
    func countAttempt(
        _ limit: AttemptLimit,
        subject: AttemptSubject,
        poolID: String,
        now: Timestamp
    ) throws -> Bool {
        let key = (limit.rawValue, limit.window)
        return try countAttempt(key, subject: subject, poolID: poolID, now: now) <= limit.attempts
    }

    /// Counts one message of a pool and returns whether it is within the day's. Nobody's count as others do, as the next to
    /// be told of the limit would learn of them otherwise.
    func count(_ limit: DailyMessageLimit, poolID: String, now: Timestamp) throws -> Bool {
        let action = "daily_\(limit.channel.rawValue.lowercased())"
        let count = try countAttempt((action, .day), subject: .pool, poolID: poolID, now: now)
        return count <= limit.most
    }

    /// Counts one attempt and returns how many there are in the window.
    private func countAttempt(
        _ counter: (action: String, window: AttemptWindow),
        subject: AttemptSubject,
        poolID: String,
        now: Timestamp
    ) throws -> Int {
        let windowStart = now.milliseconds - counter.window.length
        let row = try row(
            """
            insert into attempts (pool_id, subject, action, count, started_at, last_at)
            values (\(poolID), \(subject.key), \(counter.action), \(1), \(now.milliseconds), \(now.milliseconds))
            on conflict (pool_id, subject, action) do update set
                count = case when attempts.started_at <= \(windowStart) then 1 else attempts.count + 1 end,
                started_at = case when attempts.started_at <= \(windowStart) then excluded.started_at
                    else attempts.started_at end,
                last_at = excluded.last_at
            returning count
            """
        )
        return try row?.int(0) ?? .max
    }

    /// Forgets the attempts that count against a limit.
    func clearAttempts(_ limit: AttemptLimit, subject: AttemptSubject, poolID: String) throws {
        try clearAttempts(action: limit.rawValue, subject: subject, poolID: poolID)
    }

    /// Forgets failed passwords.
    func clearPasswordFailures(of sub: String, poolID: String) throws {
        try clearAttempts(action: AttemptRepository.password, subject: .user(sub: sub), poolID: poolID)
    }

    private func clearAttempts(action: String, subject: AttemptSubject, poolID: String) throws {
        try enqueue(
            "delete from attempts where pool_id = \(poolID) and subject = \(subject.key) and action = \(action)"
        )
    }
}
