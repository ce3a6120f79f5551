import CognitoModel
import Database
import Domain

extension Connection {
    /// Reads a user, changes it, and writes it back if nobody else did meanwhile; otherwise begins again. The time of
    /// the change and the epoch of the credentials are set here.
    @discardableResult
    func updateUser(
        sub: String,
        in pool: UserPool,
        now: Timestamp,
        takingAliases taking: Set<String> = [],
        change: (inout User) throws -> Void
    ) throws -> User {
        try updateUser(sub: sub, in: pool, now: now, takingAliases: taking) { user -> Void in try change(&user) }.user
    }

    /// As above, with what the change returns.
    func updateUser<Result>(
        sub: String,
        in pool: UserPool,
        now: Timestamp,
        takingAliases taking: Set<String> = [],
        change: (inout User) throws -> Result
    ) throws -> (user: User, result: Result) {
        while true {
            let row = try row(
                "select \(UserColumns.read) from users where pool_id = \(pool.id) and sub = \(sub)"
            )
            guard let row else { throw UserFailure.notFound }
            let old = try UserColumns.user(row, poolID: pool.id)
            var new = old
            let result = try change(&new)
            new.modifiedAt = now
            new.noteChange(from: old)
            guard try execute(UserColumns.update(new, version: try UserColumns.version(row))) == 1 else { continue }
            let names = pool.signInNames
            try syncAliases(
                of: new,
                from: names.aliases(of: old.attributes),
                to: names.aliases(of: new.attributes),
                in: pool,
                now: now,
                taking: taking
            )
            try recordPassword(of: new, replacing: old, in: pool)
            return (new, result)
        }
    }

    /// Does what a new password entails: failures against the old one are forgotten, and it enters the history where
    /// the pool keeps one, which holds as many as the policy asks for.
    func recordPassword(of user: User, replacing old: User?, in pool: UserPool) throws {
        guard let password = user.password, password != old?.password else { return }
        if old?.hasPassword == true { try clearPasswordFailures(of: user.sub, poolID: user.poolID) }
        guard pool.passwordPolicy.historySize > 0 else { return }
        try enqueue(
            """
            delete from password_history where pool_id = \(user.poolID) and sub = \(user.sub) and changed_at <=
                (select changed_at from password_history where pool_id = \(user.poolID) and sub = \(user.sub)
                order by changed_at desc limit 1 offset \(pool.passwordPolicy.historySize))
            """
        )
        try enqueue(
            """
            insert into password_history (pool_id, sub, changed_at, salt, verifier)
            values (\(user.poolID), \(user.sub), \(user.modifiedAt.milliseconds), \(password.salt),
                \(password.sealedVerifier))
            on conflict (pool_id, sub, changed_at) do update set salt = excluded.salt, verifier = excluded.verifier
            """
        )
    }

    /// Ends every sign-in of the user, at apps and in browsers.
    func revokeSessions(of sub: String, poolID: String, now: Timestamp) throws {
        try enqueue(
            """
            update sso_sessions set revoked_at = \(now.milliseconds)
            where pool_id = \(poolID) and sub = \(sub) and revoked_at is null
            """
        )
        try execute(
            """
            update sessions set revoked_at = \(now.milliseconds)
            where pool_id = \(poolID) and sub = \(sub) and revoked_at is null
            """
        )
    }

    /// Keeps a code for the user as they are, with the message that brings it; an earlier one of the same purpose is
    /// void. Returns the message if it is withheld.
    func put(_ code: StoredCode, for user: User) throws -> WithheldMessages {
        try enqueue(
            """
            insert into codes
                (pool_id, sub, purpose, hash, attribute, attribute_value, expires_at, credential_epoch)
            values (\(user.poolID), \(user.sub), \(code.purpose.rawValue), \(code.hash), \(code.attribute.name),
                \(code.attribute.value), \(code.expiresAt.milliseconds), \(user.credentialEpoch))
            on conflict (pool_id, sub, purpose) do update set hash = excluded.hash, attribute = excluded.attribute,
                attribute_value = excluded.attribute_value, expires_at = excluded.expires_at,
                credential_epoch = excluded.credential_epoch
            """
        )
        return try put([code.message].compactMap(\.self))
    }

    /// Lets the user's codes that verify addresses outlive a change of epoch that one of them made.
    func keepVerificationCodes(of user: User, since epoch: Int64) throws {
        let purposes = [CodePurpose.verifyEmail.rawValue, CodePurpose.verifyPhoneNumber.rawValue]
        try enqueue(
            """
            update codes set credential_epoch = \(user.credentialEpoch)
            where pool_id = \(user.poolID) and sub = \(user.sub) and credential_epoch = \(epoch)
                and purpose in (\(list: purposes))
            """
        )
    }
}
