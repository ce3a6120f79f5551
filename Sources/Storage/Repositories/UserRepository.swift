import CognitoModel
package import Database
package import Domain

/// The users of pools.
package struct UserRepository: Sendable {
    let database: any DatabaseEngine
    let clock: WallClock
    let feed: AuthEventFeed

    package init(database: any DatabaseEngine, clock: WallClock, feed: AuthEventFeed = AuthEventFeed()) {
        self.database = database
        self.clock = clock
        self.feed = feed
    }

    /// Who signs in.
    package struct SigningIn: Sendable {
        /// Nil where nobody has the name.
        package let user: User?
        /// The failed passwords that count against the user, or against the one who stands for them.
        package let lockout: PasswordLockout?
        /// What they are in.
        package let groups: TokenGroups
    }

    /// The user of that name (a `sub`, a username or an alias), or nil. One read of one statement.
    package func find(_ name: Name, in pool: UserPool) async throws -> User? {
        try await found(
            """
            select \(UserColumns.read) from (\(Self.matches(name, in: pool))) as matches
            join users on users.pool_id = \(pool.id) and users.sub = matches.sub order by matches.place limit 1
            """,
            in: pool
        )
    }

    /// As `find`, but throws `UserFailure.notFound` where nobody has the name.
    package func get(_ name: Name, in pool: UserPool) async throws -> User {
        guard let user = try await find(name, in: pool) else { throw UserFailure.notFound }
        return user
    }

    /// The user of that name, with the failed passwords that count against them and their groups; where nobody has it,
    /// with those against `standIn`. One read of one statement, which does the same whether somebody has the name or not.
    package func signingIn(_ name: Name, standIn: String, in pool: UserPool) async throws -> SigningIn {
        try await signingIn(Self.matches(name, in: pool), standIn: standIn, in: pool)
    }

    /// The user of that `sub`, with the failed passwords that count against it and their groups. As above.
    package func signingIn(sub: String, in pool: UserPool) async throws -> SigningIn {
        try await signingIn(
            "select 0 as place, sub from users where pool_id = \(pool.id) and sub = \(sub)",
            standIn: sub,
            in: pool
        )
    }

    /// Where nothing matches, the user whose `sub` comes next is read in their place and not shown, as an answer that comes
    /// sooner would tell.
    private func signingIn(_ matches: SQL, standIn: String, in pool: UserPool) async throws -> SigningIn {
        let next: SQL = """
            (select sub from users where pool_id = \(pool.id) and sub >= \(standIn) order by sub limit 1)
            """
        let rows = try await database.lookUp(
            """
            select \(UserColumns.read), found.place, attempts.count, attempts.last_at, \(MembershipColumns.read) from (
                select place, subject, sub from (
                    select place, sub as subject, sub from (\(matches)) as matches
                    union all select 2, \(standIn), \(next)
                ) as candidates order by place limit 1
            ) as found
            left join users on users.pool_id = \(pool.id) and users.sub = found.sub
            left join attempts on attempts.pool_id = \(pool.id) and attempts.subject = found.subject
                and attempts.action = \(AttemptRepository.password)
            \(MembershipColumns.joins)
            """
        )
        guard let row = rows.first else { return SigningIn(user: nil, lockout: nil, groups: TokenGroups()) }
        let user = try row.textIfPresent(0) == nil ? nil : UserColumns.user(row, poolID: pool.id)
        let first = UserColumns.count
        let isMatch = try row.integer(first) < 2
        let failures = try row.intIfPresent(first + 1)
        let last = try row.integerIfPresent(first + 2)
        let lockout = failures.flatMap { failures in
            last.map { PasswordLockout(failures: failures, lastFailure: Timestamp(milliseconds: $0)) }
        }
        let groups = try MembershipColumns.groups(rows, from: first + 3)
        return SigningIn(
            user: isMatch ? user : nil,
            lockout: lockout,
            groups: isMatch ? groups : TokenGroups()
        )
    }

    /// Whoever the name may mean, a `sub` before a username or an alias.
    private static func matches(_ name: Name, in pool: UserPool) -> SQL {
        """
        select 0 as place, sub from users where pool_id = \(pool.id) and sub = \(name.key)
        union all select 1, sub from user_aliases where pool_id = \(pool.id) and alias_key = \(name.key)
        """
    }

    private func found(_ sql: SQL, in pool: UserPool) async throws -> User? {
        try await database.lookUp(sql).first.map { try UserColumns.user($0, poolID: pool.id) }
    }

    /// Fewer users are counted; beyond, their number is told by how densely their UUIDs lie.
    private static let exactCount = 10_000

    /// About how many users the pool has: exactly below ten thousand, within a few in a hundred beyond. It costs the same
    /// however many there are. One read of one statement.
    package func estimatedCount(in poolID: String) async throws -> Int {
        let row = try await database.read { connection in
            try connection.row(
                """
                select count(*), max(sub) from
                    (select sub from users where pool_id = \(poolID) order by sub limit \(Self.exactCount)) as first
                """
            )
        }
        guard let row else { return 0 }
        let count = try row.int(0)
        guard count == Self.exactCount, let last = try row.textIfPresent(1) else { return count }
        // 48 of a UUID's random bits.
        let digits = last.filter { $0 != "-" }.prefix(12)
        guard let place = UInt64(digits, radix: 16), place > 0 else { return count }
        return Int((Double(count) * Double(1 << 48) / Double(place)).rounded())
    }

    /// Adds a user with their aliases and, where there are such, a first code and messages; returns those that are
    /// withheld. One transaction. Throws
    /// `UserFailure.usernameTaken` where the name is taken, `accountExists` where the address is that stands for it, and
    /// what `aliasTaken` says where an alias is, unless it is of an attribute in `taking`: then its owner has it no more.
    @discardableResult
    package func create(
        _ user: User,
        in pool: UserPool,
        code: StoredCode? = nil,
        messages: [StoredMessage] = [],
        recording event: AuthEvent? = nil,
        takingAliases taking: Set<String> = [],
        aliasTaken: @escaping @Sendable (String) -> UserFailure = UserFailure.aliasTaken
    ) async throws -> WithheldMessages {
        let now = clock.now()
        let withheld = try await database.write { connection in
            let isNew = try connection.execute(
                UserColumns.insert(user, key: pool.signInNames.key(of: user.username))
            )
            let isSub = try connection.row(
                """
                select 1 from users where pool_id = \(pool.id)
                    and sub = \(pool.signInNames.key(of: user.username))
                """
            )
            guard isNew == 1, isSub == nil || user.username == user.sub else { throw UserFailure.usernameTaken }
            let names =
                [pool.signInNames.username(of: user)].compactMap { $0 }
                + pool.signInNames.aliases(of: user.attributes)
            try connection.syncAliases(
                of: user,
                from: [],
                to: names,
                in: pool,
                now: now,
                taking: taking
            ) { attribute in
                pool.signInNames.usernameAttributes.contains(attribute)
                    ? .accountExists(attribute: attribute) : aliasTaken(attribute)
            }
            try connection.recordPassword(of: user, replacing: nil, in: pool)
            if let event { try connection.insert(event) }
            var withheld = try connection.put(messages)
            if let code { withheld.add(try connection.put(code, for: user)) }
            return withheld
        }
        feed.tell(event)
        return withheld
    }

    /// Changes a user and returns them as they are then. The change may be run again where another write came between.
    /// One transaction. Throws `UserFailure` where the user is gone, or a new alias is taken.
    @discardableResult
    package func update(
        sub: String,
        in pool: UserPool,
        change: @escaping @Sendable (inout User) throws -> Void
    ) async throws -> User {
        let now = clock.now()
        return try await database.write { try $0.updateUser(sub: sub, in: pool, now: now, change: change) }
    }

    /// Changes a user and keeps codes and messages for them, in one transaction. Returns the user as they are then, and
    /// which messages are withheld.
    @discardableResult
    package func update(
        sub: String,
        in pool: UserPool,
        codes: [StoredCode],
        messages: [StoredMessage] = [],
        change: @escaping @Sendable (inout User) throws -> Void
    ) async throws -> (user: User, withheld: WithheldMessages) {
        let now = clock.now()
        return try await database.write { connection in
            let user = try connection.updateUser(sub: sub, in: pool, now: now) { user in
                try change(&user)
            }
            var withheld = try connection.put(messages)
            for code in codes { withheld.add(try connection.put(code, for: user)) }
            return (user, withheld)
        }
    }

    /// Changes a user and revokes all their sessions, in one transaction.
    package func updateRevokingSessions(
        sub: String,
        in pool: UserPool,
        change: @escaping @Sendable (inout User) throws -> Void
    ) async throws {
        let now = clock.now()
        try await database.write { connection in
            try connection.updateUser(sub: sub, in: pool, now: now, change: change)
            try connection.revokeSessions(of: sub, poolID: pool.id, now: now)
        }
    }

    /// Forgets a user and all that belongs to them.
    package func delete(sub: String, poolID: String) async throws {
        try await database.write { connection in
            // Whoever adds something to the user meanwhile waits, and finds them gone.
            try connection.execute("update users set version = version where pool_id = \(poolID) and sub = \(sub)")
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
