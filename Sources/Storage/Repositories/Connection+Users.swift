import CognitoModel
import Database
import Domain

extension Connection {
    /// Reads a user, changes it, and writes it back if nobody else did meanwhile; otherwise begins again.
    @discardableResult
    func updateUser<Result>(
        sub: String,
        in pool: UserPool,
        now: Timestamp,
        forcingAliases force: Bool = false,
        change: (inout User) throws -> Result
    ) throws -> Result {
        while true {
            let row = try row(
                "select \(UserColumns.read) from users where pool_id = \(pool.id) and sub = \(sub)"
            )
            guard let row else { throw UserFailure.notFound }
            let old = try UserColumns.user(row, poolID: pool.id)
            var new = old
            let result = try change(&new)
            new.modifiedAt = now
            guard try execute(UserColumns.update(new, version: try UserColumns.version(row))) == 1 else { continue }
            let names = pool.signInNames
            try syncAliases(
                of: new,
                from: names.aliases(of: old.attributes),
                to: names.aliases(of: new.attributes),
                in: pool,
                now: now,
                force: force
            )
            try recordPassword(of: new, replacing: old.password, in: pool)
            return result
        }
    }

    /// Makes the user's aliases what they should be. Throws where one belongs to somebody else, unless `force` takes
    /// it: then its owner's address counts as unverified.
    func syncAliases(
        of user: User,
        from old: [Alias],
        to new: [Alias],
        in pool: UserPool,
        now: Timestamp,
        force: Bool,
        taken: (String) -> UserFailure = UserFailure.aliasTaken
    ) throws {
        for alias in old where !new.contains(alias) {
            try execute(
                """
                delete from user_aliases where pool_id = \(pool.id) and alias_key = \(alias.key)
                    and attribute = \(alias.attribute) and sub = \(user.sub)
                """
            )
        }
        for alias in new where !old.contains(alias) {
            if force { try release(alias, from: user, in: pool, now: now) }
            let inserted = try execute(
                """
                insert into user_aliases (pool_id, alias_key, attribute, sub)
                values (\(pool.id), \(alias.key), \(alias.attribute), \(user.sub)) on conflict do nothing
                """
            )
            if inserted == 0, try !isOwned(alias, by: user) {
                if alias.attribute == Alias.username { throw UserFailure.usernameTaken }
                throw pool.signInNames.usernameAttributes.contains(alias.attribute)
                    ? UserFailure.accountExists(attribute: alias.attribute) : taken(alias.attribute)
            }
        }
    }

    /// Whether the name is the user's already: their username may be their alias too.
    private func isOwned(_ alias: Alias, by user: User) throws -> Bool {
        let owner = try row(
            "select sub from user_aliases where pool_id = \(user.poolID) and alias_key = \(alias.key)"
        )
        return try owner?.text(0) == user.sub
    }

    private func release(_ alias: Alias, from user: User, in pool: UserPool, now: Timestamp) throws {
        let owner = try row(
            """
            delete from user_aliases where pool_id = \(pool.id) and alias_key = \(alias.key)
                and attribute = \(alias.attribute) and sub <> \(user.sub) returning sub
            """
        )
        guard let owner else { return }
        try updateUser(sub: try owner.text(0), in: pool, now: now) { user in
            if alias.attribute == "preferred_username" {
                user.attributes["preferred_username"] = nil
            } else {
                user.attributes["\(alias.attribute)_verified"] = "false"
            }
        }
    }

    /// Does what a new password entails: failures against the old one are forgotten, and it enters the history where the
    /// pool keeps one, which holds as many as the policy asks for.
    func recordPassword(of user: User, replacing old: StoredPassword?, in pool: UserPool) throws {
        guard let password = user.password, password != old else { return }
        if old != nil { try clearPasswordFailures(of: user.sub, poolID: user.poolID) }
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

    /// Ends every sign-in of the user.
    func revokeSessions(of sub: String, poolID: String, now: Timestamp) throws {
        try execute(
            """
            update sessions set revoked_at = \(now.milliseconds)
            where pool_id = \(poolID) and sub = \(sub) and revoked_at is null
            """
        )
    }

    /// Keeps a code; an earlier one of the same purpose is void.
    func put(_ code: StoredCode, poolID: String, sub: String) throws {
        try enqueue(
            """
            insert into codes (pool_id, sub, purpose, hash, attribute, attribute_value, expires_at)
            values (\(poolID), \(sub), \(code.purpose.rawValue), \(code.hash), \(code.attribute.name),
                \(code.attribute.value), \(code.expiresAt.milliseconds))
            on conflict (pool_id, sub, purpose) do update set hash = excluded.hash, attribute = excluded.attribute,
                attribute_value = excluded.attribute_value, expires_at = excluded.expires_at
            """
        )
    }
}
