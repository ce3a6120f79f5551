import Database
import Domain

extension Connection {
    /// Adds users whose names nobody has, and says of the others, by their `sub`, why not. Five statements, however
    /// many there are.
    ///
    /// It looks which names are taken first, and relies on the tables' keys for those that are taken meanwhile.
    /// Nobody's name is taken away.
    func importUsers(_ users: [User], in pool: UserPool) throws -> [String: ImportRowFailure] {
        guard !users.isEmpty else { return [:] }
        let claims = users.map { user in
            [pool.signInNames.username(of: user)].compactMap { $0 } + pool.signInNames.aliases(of: user.attributes)
        }
        var refused: [String: ImportRowFailure] = [:]
        var taken = try takenNames(among: Array(Set(claims.joined().map(\.key))), in: pool)
        var (fresh, names): ([User], [(alias: Alias, sub: String)]) = ([], [])
        for (user, claims) in zip(users, claims) {
            // A user's own name may be their alias, too.
            let keys = Set(claims.map(\.key))
            if let claim = claims.first(where: { taken.contains($0.key) }) {
                refused[user.sub] = Self.failure(claim, in: pool)
                continue
            }
            taken.formUnion(keys)
            fresh.append(user)
            var seen: Set<String> = []
            names += claims.filter { seen.insert($0.key).inserted }.map { ($0, user.sub) }
        }
        guard !fresh.isEmpty else { return refused }
        let added = Set(try rows(UserColumns.insert(fresh, in: pool)).map { try $0.text(0) })
        for user in fresh where !added.contains(user.sub) { refused[user.sub] = .userExists }
        try claim(names.filter { added.contains($0.sub) }, in: pool, &refused)
        return refused
    }

    /// The names that somebody has: as a username, an alias or a `sub`.
    private func takenNames(among keys: [String], in pool: UserPool) throws -> Set<String> {
        let aliases = try rows(
            "select alias_key from user_aliases where pool_id = \(pool.id) and alias_key in (\(list: keys))"
        )
        let subs = try rows("select sub from users where pool_id = \(pool.id) and sub in (\(list: keys))")
        return Set(try (aliases + subs).map { try $0.text(0) })
    }

    /// Gives users their names, and takes those users back whose name somebody got in between.
    private func claim(
        _ names: [(alias: Alias, sub: String)],
        in pool: UserPool,
        _ refused: inout [String: ImportRowFailure]
    ) throws {
        guard !names.isEmpty else { return }
        var values = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: names.count * 4)
        for (index, (alias, sub)) in names.enumerated() {
            let row: SQL = "(\(pool.id), \(alias.key), \(alias.attribute), \(sub))"
            values.appendLiteral(index > 0 ? ", " : "")
            values.appendInterpolation(row)
        }
        let claimed = try rows(
            """
            insert into user_aliases (pool_id, alias_key, attribute, sub)
            values \(SQL(stringInterpolation: values)) on conflict do nothing returning alias_key
            """
        )
        guard claimed.count < names.count else { return }
        let keys = Set(try claimed.map { try $0.text(0) })
        for (alias, sub) in names where !keys.contains(alias.key) {
            refused[sub] = Self.failure(alias, in: pool)
            for table in ["user_aliases", "users"] {
                try execute("delete from \(unsafeSQL: table) where pool_id = \(pool.id) and sub = \(sub)")
            }
        }
    }

    private static func failure(_ claim: Alias, in pool: UserPool) -> ImportRowFailure {
        let isName = claim.attribute == Alias.username || pool.signInNames.usernameAttributes.contains(claim.attribute)
        return isName ? .userExists : .aliasExists(attribute: claim.attribute)
    }
}
