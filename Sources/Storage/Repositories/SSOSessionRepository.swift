import CognitoModel
import Database
package import Domain

/// Browsers' sign-ins. They are opened by `SessionRepository.advance`, with the last step of a sign-in.
package struct SSOSessionRepository: Sendable {
    let database: any DatabaseEngine
    let clock: WallClock

    init(database: any DatabaseEngine, clock: WallClock) {
        self.database = database
        self.clock = clock
    }

    /// A browser's sign-in with its user.
    package struct Found: Sendable {
        package let session: SSOSession
        package let user: User
        package let groups: TokenGroups
    }

    /// The sign-in of a cookie; nil where it has ended, or its user was disabled or has changed their credentials. One read of
    /// one statement.
    package func find(cookieHash: [UInt8], poolID: String) async throws -> Found? {
        try await find(where: "sso_sessions.cookie_hash = \(cookieHash)", poolID: poolID)
    }

    /// The sign-in of an id, as above. One read of one statement.
    package func find(id: String, poolID: String) async throws -> Found? {
        try await find(where: "sso_sessions.id = \(id)", poolID: poolID)
    }

    private func find(where condition: SQL, poolID: String) async throws -> Found? {
        let now = clock.now().milliseconds
        let rows = try await database.lookUp(
            """
            select \(UserColumns.read), sso_sessions.id, sso_sessions.client_id, sso_sessions.credential_epoch,
                sso_sessions.proven, sso_sessions.auth_time, \(MembershipColumns.read) from sso_sessions
            join users on users.pool_id = sso_sessions.pool_id and users.sub = sso_sessions.sub
            \(MembershipColumns.joins)
            where sso_sessions.pool_id = \(poolID) and \(condition)
                and sso_sessions.revoked_at is null and sso_sessions.expires_at > \(now)
                and users.enabled and users.credential_epoch = sso_sessions.credential_epoch
            """
        )
        guard let row = rows.first else { return nil }
        let user = try UserColumns.user(row, poolID: poolID)
        let first = UserColumns.count
        let session = SSOSession(
            id: try row.text(first),
            poolID: poolID,
            sub: user.sub,
            clientID: try row.text(first + 1),
            epoch: try row.integer(first + 2),
            proven: try RequestDecoder.document([ProvenFactor].self, from: row.text(first + 3)),
            authTime: Timestamp(milliseconds: try row.integer(first + 4))
        )
        return Found(session: session, user: user, groups: try MembershipColumns.groups(rows, from: first + 5))
    }

    /// Opens a session of a browser's sign-in that can't be refreshed, for the implicit grant; false where the sign-in has
    /// ended meanwhile, or its user was disabled or has changed their credentials. One transaction.
    package func open(
        _ session: TokenSession,
        of found: SSOSession,
        tracking: (activity: SessionActivity, most: Int)?
    ) async throws -> Bool {
        let now = clock.now()
        return try await database.write { connection in
            // Whoever ends the sign-in waits for this row, or this finds it ended.
            let stands = try connection.execute(
                """
                update sso_sessions set last_active_at = coalesce(\(tracking?.activity.at.milliseconds), last_active_at)
                where pool_id = \(found.poolID) and id = \(found.id) and revoked_at is null
                """
            )
            guard stands == 1 else { return false }
            return try connection.open(session, refreshHash: nil, tracking: tracking, epoch: found.epoch, now: now)
        }
    }

    /// Ends the sign-in of a cookie; nothing happens where there is none. One write.
    package func end(cookieHash: [UInt8], poolID: String) async throws {
        let now = clock.now().milliseconds
        try await database.write { connection in
            try connection.execute(
                """
                update sso_sessions set revoked_at = \(now)
                where pool_id = \(poolID) and cookie_hash = \(cookieHash) and revoked_at is null
                """
            )
        }
    }
}

extension Connection {
    /// Opens a browser's sign-in where the user is enabled and their credentials are of its epoch; returns whether it did.
    func insert(_ session: SSOSession, cookieHash: [UInt8], activity: SessionActivity?, epoch: Int64) throws -> Bool {
        try execute(
            """
            insert into sso_sessions (pool_id, id, cookie_hash, sub, client_id, credential_epoch, proven, auth_time,
                expires_at, last_active_at, device_type, ip_address)
            select pool_id, \(session.id), \(cookieHash), sub, \(session.clientID), credential_epoch,
                \(session.proven.text), \(session.authTime.milliseconds), \(session.expiresAt.milliseconds),
                \(activity?.at.milliseconds), \(activity?.deviceType), \(activity?.ipAddress)
            from users where pool_id = \(session.poolID) and sub = \(session.sub) and enabled
                and credential_epoch = \(epoch)
            """
        ) == 1
    }
}
