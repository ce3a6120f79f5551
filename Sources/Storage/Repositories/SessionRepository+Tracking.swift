import CognitoModel
import Database
package import Domain

/// Sessions of pools that track them.
extension SessionRepository {
    /// Notes that a session was used. One write.
    package func touch(_ session: TokenSession, _ activity: SessionActivity) async throws {
        try await database.write { try $0.touch(session, activity) }
    }

    /// One page of a user's open sessions, in the order of their ids. One read.
    package func list(
        of sub: String,
        poolID: String,
        after cursor: [String]?,
        limit: Int
    ) async throws -> Page<TrackedSession> {
        let now = clock.now().milliseconds
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select id, client_id, auth_time, last_active_at, device_type, ip_address from sessions
                where pool_id = \(poolID) and sub = \(sub) and last_active_at is not null and revoked_at is null
                    and expires_at > \(now) and id > \(cursor?.first ?? "")
                order by id limit \(limit + 1)
                """
            )
        }
        return try Page(rows, limit: limit, cursor: [0]) { row in
            TrackedSession(
                id: try row.text(0),
                clientID: try row.text(1),
                createdAt: Timestamp(milliseconds: try row.integer(2)),
                lastActivity: SessionActivity(
                    at: Timestamp(milliseconds: try row.integer(3)),
                    deviceType: try row.textIfPresent(4) ?? "unknown",
                    ipAddress: try row.textIfPresent(5)
                )
            )
        }
    }

    /// Ends one of a user's sessions. Throws `SessionFailure.notFound` where it isn't theirs, or isn't open. One write.
    package func end(_ id: String, of sub: String, poolID: String) async throws {
        let now = clock.now().milliseconds
        let ended = try await database.write { connection in
            try connection.execute(
                """
                update sessions set revoked_at = \(now)
                where pool_id = \(poolID) and id = \(id) and sub = \(sub) and last_active_at is not null
                    and revoked_at is null and expires_at > \(now)
                """
            )
        }
        guard ended == 1 else { throw SessionFailure.notFound }
    }
}

extension Connection {
    /// Notes that a session was used.
    func touch(_ session: TokenSession, _ activity: SessionActivity) throws {
        try enqueue(
            """
            update sessions set last_active_at = \(activity.at.milliseconds), device_type = \(activity.deviceType),
                ip_address = \(activity.ipAddress)
            where pool_id = \(session.poolID) and id = \(session.id) and revoked_at is null
            """
        )
    }

    /// Ends those of a user's sessions that were used the longest ago, so that with the one that is opened the user has as
    /// many as they may.
    func evictSessions(for opened: TokenSession, keeping most: Int, now: Timestamp) throws {
        let (sub, poolID) = (opened.sub, opened.poolID)
        try execute(
            """
            update sessions set revoked_at = \(now.milliseconds)
            where pool_id = \(poolID) and id in (
                select id from sessions
                where pool_id = \(poolID) and sub = \(sub) and last_active_at is not null and revoked_at is null
                    and expires_at > \(now.milliseconds) and id <> \(opened.id)
                order by last_active_at desc, id desc limit 1000 offset \(most - 1)
            )
            """
        )
    }
}
