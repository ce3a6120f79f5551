import CognitoModel
package import Database
package import Domain

/// Groups, and who is in them.
package struct GroupRepository: Sendable {
    private let database: any DatabaseEngine
    private let clock: WallClock

    package init(database: any DatabaseEngine, clock: WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Adds a group. Throws `GroupFailure.exists`, and `.tooManyOfPool` where the pool has all that it may have. One
    /// transaction.
    package func create(_ group: UserGroup) async throws {
        try await database.write { connection in
            try connection.lockPool(group.poolID)
            guard try connection.group(named: group.name, poolID: group.poolID) == nil else {
                throw GroupFailure.exists(name: group.name)
            }
            let inserted = try connection.execute(
                """
                insert into user_groups
                    (pool_id, name, id, description, role_arn, precedence, created_at, modified_at)
                select \(group.poolID), \(group.name), \(group.id), \(group.description), \(group.roleARN),
                    \(group.precedence), \(group.createdAt.milliseconds), \(group.modifiedAt.milliseconds)
                where (select count(*) from user_groups where pool_id = \(group.poolID)) < \(UserGroup.mostOfPool)
                """
            )
            guard inserted == 1 else { throw GroupFailure.tooManyOfPool }
        }
    }

    /// The group of that name. Throws `GroupFailure.notFound`. One read of one statement.
    package func get(_ name: String, poolID: String) async throws -> UserGroup {
        guard let group = try await database.read({ try $0.group(named: name, poolID: poolID) }) else {
            throw GroupFailure.notFound
        }
        return group
    }

    /// Sets what isn't nil and returns the group as it is then. Throws `GroupFailure.notFound`. One write.
    package func update(
        _ name: String,
        poolID: String,
        description: String?,
        roleARN: String?,
        precedence: Int?
    ) async throws -> UserGroup {
        let now = clock.now()
        let row = try await database.write { connection in
            try connection.row(
                """
                update user_groups set description = coalesce(\(description), description),
                    role_arn = coalesce(\(roleARN), role_arn), precedence = coalesce(\(precedence), precedence),
                    modified_at = \(now.milliseconds)
                where pool_id = \(poolID) and name = \(name) returning \(UserGroup.columns)
                """
            )
        }
        guard let row else { throw GroupFailure.notFound }
        return try UserGroup(row, poolID: poolID)
    }

    /// Forgets a group, and then who was in it: they are in none from the first write on. Throws
    /// `GroupFailure.notFound`. A write, and one for each few thousand members.
    package func delete(_ name: String, poolID: String) async throws {
        let row = try await database.write { connection in
            try connection.row("delete from user_groups where pool_id = \(poolID) and name = \(name) returning id")
        }
        guard let id = try row?.text(0) else { throw GroupFailure.notFound }
        try await database.deleteInBatches(
            from: "group_members",
            key: "pool_id, group_id, sub",
            where: "pool_id = \(poolID) and group_id = \(id)"
        )
    }

    /// One page of a pool's groups, in the order of their names. One read.
    package func list(poolID: String, after cursor: [String]?, limit: Int) async throws -> Page<UserGroup> {
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select \(UserGroup.columns) from user_groups
                where pool_id = \(poolID) and name > \(cursor?.first ?? "") order by name limit \(limit + 1)
                """
            )
        }
        return try Page(rows, limit: limit, cursor: [0]) { try UserGroup($0, poolID: poolID) }
    }

    /// One page of a user's groups, in the order of their names. One read.
    package func list(
        of sub: String,
        poolID: String,
        after cursor: [String]?,
        limit: Int
    ) async throws -> Page<UserGroup> {
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select \(UserGroup.columns) from group_members join user_groups
                    on user_groups.pool_id = group_members.pool_id and user_groups.id = group_members.group_id
                where group_members.pool_id = \(poolID) and group_members.sub = \(sub)
                    and user_groups.name > \(cursor?.first ?? "")
                order by user_groups.name limit \(limit + 1)
                """
            )
        }
        return try Page(rows, limit: limit, cursor: [0]) { try UserGroup($0, poolID: poolID) }
    }

    /// One page of a group's users, in the order of their `sub`: the cost doesn't depend on how many there are, as the
    /// page is cut before users are joined to it (PostgreSQL merged the two from the first user on), and as a range
    /// that the primary key alone has (PostgreSQL took the index of users' groups, and looked through the members of
    /// all groups for those of a small one). Throws `GroupFailure.notFound`. One read of two statements.
    package func users(
        in name: String,
        of pool: UserPool,
        after cursor: [String]?,
        limit: Int
    ) async throws -> Page<User> {
        let rows = try await database.read { connection -> [Row]? in
            guard let group = try connection.group(named: name, poolID: pool.id) else { return nil }
            return try connection.rows(
                """
                select \(UserColumns.read) from (
                    select sub from group_members
                    where pool_id = \(pool.id) and group_id <= \(group.id)
                        and (group_id, sub) > (\(group.id), \(cursor?.first ?? ""))
                    order by group_id, sub limit \(limit + 1)
                ) as members join users on users.pool_id = \(pool.id) and users.sub = members.sub
                order by members.sub
                """
            )
        }
        guard let rows else { throw GroupFailure.notFound }
        return try Page(rows, limit: limit, cursor: [0]) { try UserColumns.user($0, poolID: pool.id) }
    }

    /// Adds a user to a group; nothing changes where they are in it. Throws `GroupFailure.notFound`, `.tooManyOfUser`
    /// where they are in as many as they may be, and `UserFailure.notFound`. One transaction.
    package func add(_ sub: String, to name: String, poolID: String) async throws {
        try await database.write { connection in
            try connection.lockUser(sub, poolID: poolID)
            guard let group = try connection.group(named: name, poolID: poolID) else { throw GroupFailure.notFound }
            let member: SQL = "pool_id = \(poolID) and group_id = \(group.id) and sub = \(sub)"
            guard try connection.row("select 1 from group_members where \(member)") == nil else { return }
            let inserted = try connection.execute(
                """
                insert into group_members (pool_id, group_id, sub) select \(poolID), \(group.id), \(sub)
                where (select count(*) from group_members join user_groups
                        on user_groups.pool_id = group_members.pool_id and user_groups.id = group_members.group_id
                    where group_members.pool_id = \(poolID) and group_members.sub = \(sub)) < \(UserGroup.mostOfUser)
                """
            )
            guard inserted == 1 else { throw GroupFailure.tooManyOfUser }
        }
    }

    /// Takes a user out of a group; nothing changes where they aren't in it. Throws `GroupFailure.notFound`. One
    /// transaction.
    package func remove(_ sub: String, from name: String, poolID: String) async throws {
        try await database.write { connection in
            guard let group = try connection.group(named: name, poolID: poolID) else { throw GroupFailure.notFound }
            try connection.execute(
                "delete from group_members where pool_id = \(poolID) and group_id = \(group.id) and sub = \(sub)"
            )
        }
    }
}

extension Connection {
    fileprivate func group(named name: String, poolID: String) throws -> UserGroup? {
        try row("select \(UserGroup.columns) from user_groups where pool_id = \(poolID) and name = \(name)")
            .map { try UserGroup($0, poolID: poolID) }
    }
}

extension UserGroup {
    fileprivate static let columns: SQL = """
        user_groups.name, user_groups.id, user_groups.description, user_groups.role_arn, user_groups.precedence, \
        user_groups.created_at, user_groups.modified_at
        """

    fileprivate init(_ row: Row, poolID: String) throws {
        self.init(
            id: try row.text(1),
            poolID: poolID,
            name: try row.text(0),
            description: try row.textIfPresent(2),
            roleARN: try row.textIfPresent(3),
            precedence: try row.intIfPresent(4),
            createdAt: Timestamp(milliseconds: try row.integer(5)),
            modifiedAt: Timestamp(milliseconds: try row.integer(6))
        )
    }
}
