import CognitoModel
import Database
import Domain

extension Connection {
    /// Makes the user's aliases what they should be. Throws where one belongs to somebody else, unless it is of an
    /// attribute in `taking`, or it is a verified address of the user's and an unverified claim of the other's: then
    /// its owner's address counts as unverified. An address that stands for somebody's username is no alias, and isn't
    /// taken.
    func syncAliases(
        of user: User,
        from old: [Alias],
        to new: [Alias],
        in pool: UserPool,
        now: Timestamp,
        taking: Set<String>,
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
            if taking.contains(alias.attribute), pool.signInNames.aliasAttributes.contains(alias.attribute) {
                try release(alias, to: user, in: pool, now: now) { attribute, owner in
                    attribute == alias.attribute || !owner.attributes.isVerified(attribute)
                }
            }
            // A `sub` comes before every other name, so nobody may have another's.
            if try isSub(alias.key, ofAnotherThan: user) { throw taken(alias.attribute) }
            if try insert(alias, of: user) || isOwned(alias, by: user) { continue }
            if user.attributes.isVerified(alias.attribute) {
                try release(alias, to: user, in: pool, now: now) { attribute, owner in
                    !owner.attributes.isVerified(attribute)
                }
                if try insert(alias, of: user) { continue }
            }
            if alias.attribute == Alias.username { throw UserFailure.usernameTaken }
            throw taken(alias.attribute)
        }
    }

    /// Gives the alias to the user; false where somebody has it.
    private func insert(_ alias: Alias, of user: User) throws -> Bool {
        try execute(
            """
            insert into user_aliases (pool_id, alias_key, attribute, sub)
            values (\(user.poolID), \(alias.key), \(alias.attribute), \(user.sub)) on conflict do nothing
            """
        ) == 1
    }

    /// Whether the name is the user's already: their username may be their alias too.
    private func isOwned(_ alias: Alias, by user: User) throws -> Bool {
        let owner = try row(
            "select sub from user_aliases where pool_id = \(user.poolID) and alias_key = \(alias.key)"
        )
        return try owner?.text(0) == user.sub
    }

    private func isSub(_ key: String, ofAnotherThan user: User) throws -> Bool {
        try row(
            "select 1 from users where pool_id = \(user.poolID) and sub = \(key) and sub <> \(user.sub)"
        ) != nil
    }

    /// Takes the alias from its owner where the user's claim `beats` theirs, which is by the attribute that is told. A
    /// username isn't taken from anybody.
    private func release(
        _ alias: Alias,
        to user: User,
        in pool: UserPool,
        now: Timestamp,
        beats: (_ attribute: String, _ owner: User) -> Bool
    ) throws {
        let claim = try row(
            """
            select sub, attribute from user_aliases
            where pool_id = \(pool.id) and alias_key = \(alias.key) and sub <> \(user.sub)
                and attribute <> \(Alias.username)
            """
        )
        guard let claim else { return }
        let (sub, attribute) = (try claim.text(0), try claim.text(1))
        let row = try row("select \(UserColumns.read) from users where pool_id = \(pool.id) and sub = \(sub)")
        guard let row, beats(attribute, try UserColumns.user(row, poolID: pool.id)) else { return }
        try execute(
            """
            delete from user_aliases where pool_id = \(pool.id) and alias_key = \(alias.key) and sub = \(sub)
                and attribute = \(attribute)
            """
        )
        try updateUser(sub: sub, in: pool, now: now) { owner in
            if attribute == "preferred_username" {
                owner.attributes["preferred_username"] = nil
            } else {
                owner.attributes["\(attribute)_verified"] = "false"
            }
        }
    }
}
