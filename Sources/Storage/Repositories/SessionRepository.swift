package import CognitoModel
package import Database
package import Domain

/// Sign-ins and their refresh tokens. A refresh token is kept as its keyed hash.
///
/// The current token of a session stands in its row, so that a sign-in inserts one row. `refresh_tokens` has those that
/// were rotated out and, with `superseded_at` null, those that are current beside it: a token that comes again within
/// its grace period yields another, and what was handed out stays good until it is itself rotated out. Tokens go from
/// the session to `refresh_tokens` and never back, so that looking in that order misses none.
package struct SessionRepository: Sendable {
    let database: any DatabaseEngine
    let clock: WallClock
    private let feed: AuthEventFeed

    package init(database: any DatabaseEngine, clock: WallClock, feed: AuthEventFeed = AuthEventFeed()) {
        self.database = database
        self.clock = clock
        self.feed = feed
    }

    /// What a step of a sign-in writes.
    package struct Step: Sendable {
        /// Spent, if it wasn't yet: the nonce of the state that was answered. Nil for flows of a single call, which have
        /// nothing that could be replayed.
        package var nonce: Nonce?
        /// The epoch of the user's credentials that the sign-in relies on.
        package var epoch: Int64 = 0
        /// What a challenge changes about the user.
        package var change: (@Sendable (inout User) throws -> Void)?
        /// The passkey that was used, whose counter is to grow.
        package var passkey: PasskeyUse?
        /// Whether failed passwords are forgotten.
        package var clearsFailures = false
        /// The confirmed device that the session is of, and from where it signs in.
        package var device: (key: String, address: String?)?
        /// The session that the step opens, and the hash of its refresh token; nil where a challenge follows.
        package var opening: (session: TokenSession, refreshHash: [UInt8])?
        /// The browser's sign-in that the step opens in its place, and the hash of its cookie.
        package var openingInBrowser: (session: SSOSession, cookieHash: [UInt8])?
        /// Where the session is opened, and how many the user may have with it; nil where the pool doesn't track them.
        package var tracking: (activity: SessionActivity, most: Int)?

        /// What the user's history gets; nil where none is kept.
        package var event: AuthEvent?

        package init() {}

        /// Whether there is nothing to write.
        var isEmpty: Bool {
            nonce == nil && change == nil && passkey == nil && !clearsFailures && opening == nil
                && openingInBrowser == nil && event == nil
        }
    }

    /// Writes a step of a user's sign-in, all of it or nothing; returns the user where the step changes them. Throws
    /// `SignInFailure.sessionUsed` where its nonce was spent before, `.wrongPasskey` where its passkey
    /// is gone or was used at that counter, `.invalidSession` where it changes the user or opens a
    /// session and they were disabled or their credentials changed meanwhile, and what the change throws. One transaction; none where there is nothing to write.
    package func advance(_ sub: String, by step: Step, in pool: UserPool) async throws -> User? {
        if step.isEmpty { return nil }
        let now = clock.now()
        let changed: User? = try await database.write { connection in
            if let nonce = step.nonce, try !connection.spend(nonce, poolID: pool.id) {
                throw SignInFailure.sessionUsed
            }
            if let use = step.passkey, try !connection.use(use, of: sub, poolID: pool.id) {
                throw SignInFailure.wrongPasskey
            }
            let changed = try step.change.map { change in
                try connection.updateUser(sub: sub, in: pool, now: now) { user in
                    guard user.isEnabled, user.credentialEpoch == step.epoch else { throw SignInFailure.invalidSession }
                    try change(&user)
                }
            }
            let epoch = changed?.credentialEpoch ?? step.epoch
            if let (session, cookieHash) = step.openingInBrowser {
                let activity = step.tracking?.activity
                // Of two at once one waits, so that each counts the other's session.
                if activity != nil { try connection.lockUser(sub, poolID: pool.id) }
                guard try connection.insert(session, cookieHash: cookieHash, activity: activity, epoch: epoch) else {
                    throw SignInFailure.invalidSession
                }
                if activity != nil { try connection.evictSSOSessions(for: session, now: now) }
            }
            if let (session, refreshHash) = step.opening {
                let isOpen = try connection.open(
                    session,
                    refreshHash: refreshHash,
                    tracking: step.tracking,
                    epoch: epoch,
                    now: now
                )
                guard isOpen else { throw SignInFailure.invalidSession }
                if let device = step.device {
                    try connection.noteSignIn(of: device, sub: sub, poolID: pool.id, now: now)
                }
            }
            if step.clearsFailures { try connection.clearPasswordFailures(of: sub, poolID: pool.id) }
            if let event = step.event { try connection.insert(event) }
            return changed
        }
        feed.tell(step.event)
        return changed
    }

    /// What a refresh token leads to.
    package struct Refreshable: Sendable {
        package let session: TokenSession
        package let user: User
        /// What the user is in.
        package let groups: TokenGroups
        package let isRevoked: Bool
        /// When the token was rotated out; nil for a current one.
        package let supersededAt: Timestamp?
    }

    /// The session of a refresh token. One read, of one statement for the token that stands in the session's row.
    package func find(refreshHash: [UInt8], poolID: String) async throws -> Refreshable? {
        let columns: SQL = """
            \(UserColumns.read), sessions.id, sessions.client_id, sessions.origin_jti, sessions.auth_time, \
            sessions.expires_at, sessions.revoked_at, sessions.device_key, sessions.scopes, sessions.audience, \
            sessions.acr, sessions.amr, sessions.sso_session_id
            """
        var rows = try await database.lookUp(
            """
            select \(columns), cast(null as bigint), \(MembershipColumns.read) from sessions
            join users on users.pool_id = sessions.pool_id and users.sub = sessions.sub
            \(MembershipColumns.joins)
            where sessions.pool_id = \(poolID) and sessions.refresh_hash = \(refreshHash)
            """
        )
        if rows.isEmpty {
            rows = try await database.lookUp(
                """
                select \(columns), refresh_tokens.superseded_at, \(MembershipColumns.read) from refresh_tokens
                join sessions on sessions.pool_id = refresh_tokens.pool_id and sessions.id = refresh_tokens.session_id
                join users on users.pool_id = sessions.pool_id and users.sub = sessions.sub
                \(MembershipColumns.joins)
                where refresh_tokens.pool_id = \(poolID) and refresh_tokens.hash = \(refreshHash)
                """
            )
        }
        guard let row = rows.first else { return nil }
        let user = try UserColumns.user(row, poolID: poolID)
        let first = UserColumns.count
        return Refreshable(
            session: TokenSession(
                id: try row.text(first),
                poolID: poolID,
                sub: user.sub,
                clientID: try row.text(first + 1),
                originJTI: try row.text(first + 2),
                deviceKey: try row.textIfPresent(first + 6),
                authTime: Timestamp(milliseconds: try row.integer(first + 3)),
                expiresAt: Timestamp(milliseconds: try row.integer(first + 4)),
                grant: try row.textIfPresent(first + 7).map { scopes in
                    OAuthGrant(scopes: scopes.words, audience: try row.textIfPresent(first + 8))
                },
                context: try row.textIfPresent(first + 9).map { acr in
                    AuthenticationContext(acr: acr, amr: try row.textIfPresent(first + 10)?.words ?? [])
                },
                ssoSessionID: try row.textIfPresent(first + 11)
            ),
            user: user,
            groups: try MembershipColumns.groups(rows, from: first + 13),
            isRevoked: try row.integerIfPresent(first + 5) != nil,
            supersededAt: try row.integerIfPresent(first + 12).map(Timestamp.init(milliseconds:))
        )
    }

    /// Replaces a refresh token by the next. The first to do so wins: false where the old token was rotated out before,
    /// unless that was within the grace period. Throws `TokenFailure` where the sign-in was ended, or its user disabled,
    /// meanwhile. One transaction.
    package func rotate(
        _ session: TokenSession,
        from oldHash: [UInt8],
        to newHash: [UInt8],
        graceSeconds: Int64,
        activity: SessionActivity? = nil
    ) async throws -> Bool {
        let now = clock.now()
        return try await database.write { connection in
            if let activity { try connection.touch(session, activity) }
            let replaced = try connection.execute(
                """
                update sessions set refresh_hash = \(newHash)
                where pool_id = \(session.poolID) and refresh_hash = \(oldHash) and revoked_at is null
                    and exists (select 1 from users where users.pool_id = sessions.pool_id
                        and users.sub = sessions.sub and users.enabled)
                """
            )
            if replaced == 1 {
                try connection.keepRefreshToken(oldHash, of: session, supersededAt: now)
                return true
            }
            let open = try connection.row(
                """
                select 1 from sessions join users on users.pool_id = sessions.pool_id and users.sub = sessions.sub
                where sessions.pool_id = \(session.poolID) and sessions.id = \(session.id)
                    and sessions.revoked_at is null and users.enabled
                """
            )
            if open == nil { throw TokenFailure.refreshTokenRevoked }
            let allowed = now.adding(seconds: -graceSeconds).milliseconds
            // Without grace the time must not count: of two at once, the later to come may have looked at the clock
            // earlier, most of all on another node.
            let superseded = try connection.execute(
                """
                update refresh_tokens set superseded_at = coalesce(superseded_at, \(now.milliseconds))
                where pool_id = \(session.poolID) and hash = \(oldHash)
                    and (superseded_at is null or (\(graceSeconds > 0) and superseded_at > \(allowed)))
                """
            )
            guard superseded == 1 else { return false }
            try connection.keepRefreshToken(newHash, of: session, supersededAt: nil)
            return true
        }
    }

    /// Ends one sign-in. One write.
    package func revoke(_ session: TokenSession) async throws {
        let now = clock.now()
        try await database.write { try $0.revoke(session, now: now) }
    }

    /// Ends every sign-in of a user. One write.
    package func revokeAll(of sub: String, poolID: String) async throws {
        let now = clock.now()
        try await database.write { try $0.revokeSessions(of: sub, poolID: poolID, now: now) }
    }

    /// The user of an access token, and whether its sign-in still stands. One read of one statement.
    package func user(
        sub: String,
        sessionID: String,
        poolID: String
    ) async throws -> (user: User, isRevoked: Bool)? {
        let rows = try await database.lookUp(
            """
            select \(UserColumns.read), sessions.sub, sessions.revoked_at from users
            left join sessions on sessions.pool_id = users.pool_id and sessions.id = \(sessionID)
            where users.pool_id = \(poolID) and users.sub = \(sub)
            """
        )
        guard let row = rows.first else { return nil }
        // Compared here and not in the join, where an engine might look through all sessions of the user instead.
        let isOpen = try row.textIfPresent(UserColumns.count) == sub
        let isRevoked = try row.integerIfPresent(UserColumns.count + 1) != nil
        return (try UserColumns.user(row, poolID: poolID), !isOpen || isRevoked)
    }
}

extension String {
    /// What stands between spaces.
    fileprivate var words: [String] { split(separator: " ").map(String.init) }
}

extension Connection {
    fileprivate func revoke(_ session: TokenSession, now: Timestamp) throws {
        try execute(
            """
            update sessions set revoked_at = \(now.milliseconds)
            where pool_id = \(session.poolID) and id = \(session.id) and revoked_at is null
            """
        )
    }

    /// Spends a nonce; false where it was spent before.
    func spend(_ nonce: Nonce, poolID: String) throws -> Bool {
        try execute(
            """
            insert into spent_nonces (pool_id, nonce, expires_at)
            values (\(poolID), \(nonce.value), \(nonce.expiresAt.milliseconds)) on conflict do nothing
            """
        ) == 1
    }

    /// Opens a session where the user is enabled and their credentials are of that epoch; returns whether it did. Where sessions
    /// are tracked the user loses those that are too many.
    func open(
        _ session: TokenSession,
        refreshHash: [UInt8]?,
        tracking: (activity: SessionActivity, most: Int)?,
        epoch: Int64,
        now: Timestamp
    ) throws -> Bool {
        // Of two at once one waits, so that each counts the other's session.
        if tracking != nil { try lockUser(session.sub, poolID: session.poolID) }
        guard try insert(session, refreshHash: refreshHash, activity: tracking?.activity, epoch: epoch) else {
            return false
        }
        if let tracking { try evictSessions(for: session, keeping: tracking.most, now: now) }
        return true
    }

    private func insert(
        _ session: TokenSession,
        refreshHash: [UInt8]?,
        activity: SessionActivity?,
        epoch: Int64
    ) throws -> Bool {
        try execute(
            """
            insert into sessions (pool_id, id, sub, client_id, origin_jti, device_key, auth_time, expires_at, refresh_hash,
                last_active_at, device_type, ip_address, scopes, audience, acr, amr, sso_session_id)
            select pool_id, \(session.id), sub, \(session.clientID), \(session.originJTI), \(session.deviceKey),
                \(session.authTime.milliseconds), \(session.expiresAt.milliseconds), \(refreshHash),
                \(activity?.at.milliseconds), \(activity?.deviceType), \(activity?.ipAddress),
                \(session.grant?.scopes.joined(separator: " ")), \(session.grant?.audience), \(session.context?.acr),
                \(session.context?.amr.joined(separator: " ")), \(session.ssoSessionID)
            from users where pool_id = \(session.poolID) and sub = \(session.sub) and enabled
                and credential_epoch = \(epoch)
            """
        ) == 1
    }

    /// Takes down that a device signed in.
    fileprivate func noteSignIn(
        of device: (key: String, address: String?),
        sub: String,
        poolID: String,
        now: Timestamp
    ) throws {
        try enqueue(
            """
            update devices set authenticated_at = \(now.milliseconds),
                last_address = coalesce(\(device.address), last_address)
            where pool_id = \(poolID) and sub = \(sub) and device_key = \(device.key)
            """
        )
    }

    /// Keeps a token that doesn't stand in its session's row: rotated out or, where `supersededAt` is nil, current.
    fileprivate func keepRefreshToken(
        _ hash: [UInt8],
        of session: TokenSession,
        supersededAt: Timestamp?
    ) throws {
        try enqueue(
            """
            insert into refresh_tokens (pool_id, hash, session_id, superseded_at, expires_at)
            values (\(session.poolID), \(hash), \(session.id), \(supersededAt?.milliseconds),
                \(session.expiresAt.milliseconds))
            """
        )
    }
}
