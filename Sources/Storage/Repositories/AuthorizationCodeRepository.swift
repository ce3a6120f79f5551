import CognitoModel
import Database
package import Domain

/// Authorization codes, which serve once (RFC 6749 section 4.1.2).
package struct AuthorizationCodeRepository: Sendable {
    let database: any DatabaseEngine
    let clock: WallClock

    init(database: any DatabaseEngine, clock: WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Keeps a code, where the browser's sign-in that it is given after still stands, and its user's credentials are what they
    /// were; returns whether it did. `activity` is noted of that sign-in. One write.
    package func create(
        _ code: AuthorizationCode,
        hash: [UInt8],
        activity: SessionActivity? = nil
    ) async throws -> Bool {
        try await database.write { connection in
            if let activity {
                try connection.touchSSOSession(code.terms.ssoSessionID, poolID: code.poolID, activity)
            }
            return try connection.execute(
                """
                insert into authorization_codes
                    (pool_id, hash, client_id, sub, credential_epoch, terms, expires_at)
                select users.pool_id, \(hash), \(code.clientID), users.sub, users.credential_epoch, \(code.terms.text),
                    \(code.expiresAt.milliseconds)
                from users join sso_sessions on sso_sessions.pool_id = users.pool_id and sso_sessions.sub = users.sub
                where users.pool_id = \(code.poolID) and users.sub = \(code.sub) and users.enabled
                    and users.credential_epoch = \(code.epoch)
                    and sso_sessions.id = \(code.terms.ssoSessionID) and sso_sessions.revoked_at is null
                """
            ) == 1
        }
    }

    /// What a code leads to.
    package struct Redeemable: Sendable {
        package let code: AuthorizationCode
        package let user: User
        package let groups: TokenGroups
    }

    /// The code of that hash with its user, used or not. One read of one statement.
    package func find(hash: [UInt8], poolID: String) async throws -> Redeemable? {
        let rows = try await database.lookUp(
            """
            select \(UserColumns.read), authorization_codes.client_id, authorization_codes.credential_epoch,
                authorization_codes.terms, authorization_codes.expires_at, \(MembershipColumns.read) from authorization_codes
            join users on users.pool_id = authorization_codes.pool_id and users.sub = authorization_codes.sub
            \(MembershipColumns.joins)
            where authorization_codes.pool_id = \(poolID) and authorization_codes.hash = \(hash)
            """
        )
        guard let row = rows.first else { return nil }
        let user = try UserColumns.user(row, poolID: poolID)
        let first = UserColumns.count
        return Redeemable(
            code: AuthorizationCode(
                poolID: poolID,
                clientID: try row.text(first),
                sub: user.sub,
                epoch: try row.integer(first + 1),
                terms: try RequestDecoder.document(AuthorizationCode.Terms.self, from: row.text(first + 2)),
                expiresAt: Timestamp(milliseconds: try row.integer(first + 3))
            ),
            user: user,
            groups: try MembershipColumns.groups(rows, from: first + 4)
        )
    }

    /// Exchanges a code for a session, which it opens; false where the code was used before, has expired, or its user was
    /// disabled, or changed their credentials, or ended the browser's sign-in, meanwhile. One transaction.
    package func redeem(
        hash: [UInt8],
        opening session: TokenSession,
        refreshHash: [UInt8],
        tracking: (activity: SessionActivity, most: Int)?,
        epoch: Int64
    ) async throws -> Bool {
        let now = clock.now()
        return try await database.write { connection in
            let spent = try connection.execute(
                """
                update authorization_codes set session_id = \(session.id)
                where pool_id = \(session.poolID) and hash = \(hash) and session_id is null
                    and expires_at > \(now.milliseconds)
                    and exists (select 1 from sso_sessions where sso_sessions.pool_id = authorization_codes.pool_id
                        and sso_sessions.id = \(session.ssoSessionID) and sso_sessions.revoked_at is null)
                """
            )
            guard spent == 1 else { return false }
            return try connection.open(session, refreshHash: refreshHash, tracking: tracking, epoch: epoch, now: now)
        }
    }

    /// Ends the session that a code was exchanged for: whoever brings a used code may have stolen it, or had it stolen (RFC 6749
    /// section 4.1.2, RFC 9700 section 4.5). One write.
    package func revokeSession(of code: AuthorizationCode, hash: [UInt8]) async throws {
        let now = clock.now().milliseconds
        try await database.write { connection in
            try connection.execute(
                """
                update sessions set revoked_at = \(now)
                where pool_id = \(code.poolID) and revoked_at is null and id = (select session_id
                    from authorization_codes where pool_id = \(code.poolID) and hash = \(hash))
                """
            )
        }
    }
}
