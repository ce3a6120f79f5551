import CognitoModel
import Database
package import Domain

/// Sessions of pools that track them.
extension SessionRepository {
    /// Notes that a session was used. One write.
    package func touch(_ session: TokenSession, _ activity: SessionActivity) async throws {
        try await database.write { try $0.touch(session, activity) }
    }

    /// One page of a user's open sessions, at apps and in browsers, in the order of their ids, which is that of their
    /// opening. One read of two statements.
    package func list(
        of sub: String,
        poolID: String,
        after cursor: [String]?,
        limit: Int
    ) async throws -> Page<TrackedSession> {
        let now = clock.now().milliseconds
        let after = cursor?.first ?? ""
        let rows = try await database.read { connection in
            let tokens = try connection.rows(
                """
                select id, client_id, auth_time, last_active_at, device_type, ip_address, sso_session_id from sessions
                where pool_id = \(poolID) and sub = \(sub) and last_active_at is not null and revoked_at is null
                    and expires_at > \(now) and id > \(after)
                order by id limit \(limit + 1)
                """
            )
            let browsers = try connection.rows(
                """
                select id, client_id, auth_time, last_active_at, device_type, ip_address, cast(null as text)
                from sso_sessions join users on users.pool_id = sso_sessions.pool_id and users.sub = sso_sessions.sub
                where sso_sessions.pool_id = \(poolID) and sso_sessions.sub = \(sub) and last_active_at is not null
                    and revoked_at is null and expires_at > \(now) and id > \(after)
                    and users.credential_epoch = sso_sessions.credential_epoch
                order by id limit \(limit + 1)
                """
            )
            return try tokens.map { (try $0.text(0), SessionKey.Kind.token, $0) }
                + browsers.map { (try $0.text(0), .sso, $0) }
        }
        return try Page(rows.sorted { $0.0 < $1.0 }, limit: limit, cursor: { [$0.0] }) { id, kind, row in
            let key = SessionKey(kind, id: id)
            let ssoSessionID = try row.textIfPresent(6)
            let authTime = Timestamp(milliseconds: try row.integer(2))
            return TrackedSession(
                key: key,
                clientID: try row.text(1),
                // A code is exchanged later than its user signed in.
                createdAt: ssoSessionID == nil ? authTime : key.createdAt ?? authTime,
                lastActivity: SessionActivity(
                    at: Timestamp(milliseconds: try row.integer(3)),
                    deviceType: try row.textIfPresent(4) ?? "unknown",
                    ipAddress: try row.textIfPresent(5)
                ),
                ssoSessionID: ssoSessionID
            )
        }
    }

    /// Ends one of a user's sessions and, where `linked`, those that it is linked to: the browser's sign-in that one at
    /// an app came from, or those at apps that came from a browser's. Throws `SessionFailure.notFound` where it isn't
    /// theirs, or isn't open. One write.
    package func end(_ key: SessionKey, linked: Bool = false, of sub: String, poolID: String) async throws {
        let now = clock.now().milliseconds
        try await database.write { connection in
            let table = key.kind == .token ? "sessions" : "sso_sessions"
            let ended = try connection.execute(
                """
                update \(unsafeSQL: table) set revoked_at = \(now)
                where pool_id = \(poolID) and id = \(key.id) and sub = \(sub) and last_active_at is not null
                    and revoked_at is null and expires_at > \(now)
                """
            )
            guard ended == 1 else { throw SessionFailure.notFound }
            guard linked else { return }
            switch key.kind {
            case .token:
                try connection.execute(
                    """
                    update sso_sessions set revoked_at = \(now)
                    where pool_id = \(poolID) and sub = \(sub) and revoked_at is null and id =
                        (select sso_session_id from sessions where pool_id = \(poolID) and id = \(key.id))
                    """
                )
            case .sso:
                try connection.execute(
                    """
                    update sessions set revoked_at = \(now)
                    where pool_id = \(poolID) and sub = \(sub) and sso_session_id = \(key.id) and revoked_at is null
                    """
                )
            }
        }
    }
}

extension Connection {
    /// Notes that a session was used, and with it the browser's sign-in that it came from.
    func touch(_ session: TokenSession, _ activity: SessionActivity) throws {
        if let id = session.ssoSessionID { try touchSSOSession(id, poolID: session.poolID, activity) }
        try enqueue(
            """
            update sessions set last_active_at = \(activity.at.milliseconds), device_type = \(activity.deviceType),
                ip_address = \(activity.ipAddress)
            where pool_id = \(session.poolID) and id = \(session.id) and revoked_at is null
            """
        )
    }

    /// Ends those of a user's sessions that were used the longest ago, so that with the one that is opened the user has
    /// as many as they may.
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

    /// Notes that a browser's sign-in was used, where it is one that is tracked.
    func touchSSOSession(_ id: String, poolID: String, _ activity: SessionActivity) throws {
        try enqueue(
            """
            update sso_sessions set last_active_at = \(activity.at.milliseconds), device_type = \(activity.deviceType),
                ip_address = \(activity.ipAddress)
            where pool_id = \(poolID) and id = \(id) and revoked_at is null and last_active_at is not null
            """
        )
    }

    /// Ends those of a user's sign-ins in browsers that were used the longest ago, so that with the one that is opened
    /// the user has as many as are listed.
    func evictSSOSessions(for opened: SSOSession, now: Timestamp) throws {
        let (sub, poolID) = (opened.sub, opened.poolID)
        try execute(
            """
            update sso_sessions set revoked_at = \(now.milliseconds)
            where pool_id = \(poolID) and id in (
                select id from sso_sessions
                where pool_id = \(poolID) and sub = \(sub) and last_active_at is not null and revoked_at is null
                    and expires_at > \(now.milliseconds) and id <> \(opened.id)
                order by last_active_at desc, id desc limit 1000 offset \(SSOSession.mostPerUser - 1)
            )
            """
        )
    }
}
