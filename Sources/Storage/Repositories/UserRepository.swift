package import CognitoModel
package import Database
package import Domain

/// The users of pools.
package struct UserRepository: Sendable {
    let database: any DatabaseEngine

    package init(database: any DatabaseEngine) { self.database = database }

    /// A user, and the failed passwords that count against them.
    package struct Found: Sendable {
        package let user: User
        package let lockout: PasswordLockout?
    }

    /// The user of that name: a `sub`, a username or an alias. One read of one statement.
    package func find(_ name: String, in pool: UserPool) async throws -> Found? {
        let key = pool.signInNames.key(of: name)
        let matches: SQL = """
            select 0 as place, sub from users where pool_id = \(pool.id) and sub = \(name)
            union all select 1, sub from user_aliases where pool_id = \(pool.id) and alias_key = \(key)
            """
        return try await found(
            """
            select \(UserRow.columns), attempts.count, attempts.last_at from (\(matches)) as matches
            join users on users.pool_id = \(pool.id) and users.sub = matches.sub
            left join attempts on attempts.pool_id = users.pool_id and attempts.subject = users.sub
                and attempts.action = \(AttemptRepository.password)
            order by matches.place limit 1
            """,
            in: pool
        )
    }

    /// As `find`, but throws `UserNotFoundException` where there is none.
    package func get(_ name: String, in pool: UserPool) async throws -> User {
        guard let found = try await find(name, in: pool) else { throw CognitoError.userDoesNotExist }
        return found.user
    }

    /// The user of that `sub`. One read of one statement.
    package func find(sub: String, in pool: UserPool) async throws -> Found? {
        try await found(
            """
            select \(UserRow.columns), attempts.count, attempts.last_at from users
            left join attempts on attempts.pool_id = users.pool_id and attempts.subject = users.sub
                and attempts.action = \(AttemptRepository.password)
            where users.pool_id = \(pool.id) and users.sub = \(sub)
            """,
            in: pool
        )
    }

    private func found(_ sql: SQL, in pool: UserPool) async throws -> Found? {
        guard let row = try await database.read({ try $0.row(sql) }) else { return nil }
        var lockout: PasswordLockout?
        if let failures = try row.intIfPresent(UserRow.count), let last = try row.integerIfPresent(UserRow.count + 1) {
            lockout = PasswordLockout(failures: failures, lastFailure: Timestamp(milliseconds: last))
        }
        return Found(user: try UserRow.user(row, poolID: pool.id), lockout: lockout)
    }

    /// How many users the pool has.
    package func count(in poolID: String) async throws -> Int {
        try await database.read { connection in
            try connection.row("select count(*) from users where pool_id = \(poolID)")?.int(0) ?? 0
        }
    }

    /// Adds a user with their aliases and, where there is one, a first code. One transaction. Throws
    /// `UsernameExistsException` where the name is taken and what `aliasTaken` says where an alias is, unless `force`
    /// takes aliases away from their owners.
    package func create(
        _ user: User,
        in pool: UserPool,
        code: StoredCode? = nil,
        forcingAliases force: Bool = false,
        aliasTaken: @escaping @Sendable (String) -> CognitoError = CognitoError.aliasExists
    ) async throws {
        try await database.write { connection in
            let isNew = try connection.execute(
                UserRow.insert(user, key: pool.signInNames.key(of: user.username))
            )
            let isSub = try connection.row("select 1 from users where pool_id = \(pool.id) and sub = \(user.username)")
            guard isNew == 1, isSub == nil || user.username == user.sub else { throw CognitoError.userExists }
            let names =
                [pool.signInNames.username(of: user)].compactMap { $0 }
                + pool.signInNames.aliases(of: user.attributes)
            try connection.syncAliases(of: user, from: [], to: names, in: pool, force: force, taken: aliasTaken)
            try connection.recordPassword(of: user, replacing: nil, in: pool)
            if let code { try connection.put(code, poolID: pool.id, sub: user.sub) }
        }
    }

    /// Changes a user and returns what `change` returns. The change may be run again where another write came between.
    /// One transaction. Throws `UserNotFoundException` where the user is gone, `AliasExistsException` where a new
    /// alias is taken.
    @discardableResult
    package func update<Result: Sendable>(
        sub: String,
        in pool: UserPool,
        change: @escaping @Sendable (inout User) throws -> Result
    ) async throws -> Result {
        try await database.write { try $0.updateUser(sub: sub, in: pool, change: change) }
    }

    /// Changes a user and keeps a code for them, in one transaction.
    package func update(
        sub: String,
        in pool: UserPool,
        codes: [StoredCode],
        change: @escaping @Sendable (inout User) throws -> Void
    ) async throws {
        try await database.write { connection in
            try connection.updateUser(sub: sub, in: pool, change: change)
            for code in codes { try connection.put(code, poolID: pool.id, sub: sub) }
        }
    }

    /// Changes a user and revokes all their sessions, in one transaction.
    package func updateRevokingSessions(
        sub: String,
        in pool: UserPool,
        now: Timestamp,
        change: @escaping @Sendable (inout User) throws -> Void
    ) async throws {
        try await database.write { connection in
            try connection.updateUser(sub: sub, in: pool, change: change)
            try connection.revokeSessions(of: sub, poolID: pool.id, now: now)
        }
    }

    /// Forgets a user and all that belongs to them.
    package func delete(sub: String, poolID: String) async throws {
        try await database.write { connection in
            try connection.execute(
                """
                delete from refresh_tokens where pool_id = \(poolID) and session_id in
                    (select id from sessions where pool_id = \(poolID) and sub = \(sub))
                """
            )
            for table in Schema.userTables + ["sessions"] {
                try connection.execute(
                    "delete from \(unsafeSQL: table) where pool_id = \(poolID) and sub = \(sub)"
                )
            }
            try connection.execute("delete from attempts where pool_id = \(poolID) and subject = \(sub)")
        }
    }

    /// The passwords that may not be used again: the newest `count`, the current one among them.
    package func passwordHistory(sub: String, poolID: String, count: Int) async throws -> [StoredPassword] {
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select salt, verifier from password_history where pool_id = \(poolID) and sub = \(sub)
                order by changed_at desc limit \(count)
                """
            )
        }
        return try rows.map { StoredPassword(salt: try $0.bytes(0), sealedVerifier: try $0.bytes(1)) }
    }
}
