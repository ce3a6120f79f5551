import Database
import Domain

/// The groups that come with a user, where they are read to be given tokens: a row for each, or one without.
enum MembershipColumns {
    /// What such a `select` lists last.
    static let read: SQL = "user_groups.name, user_groups.precedence, user_groups.role_arn"

    /// What it joins to `users`.
    static let joins: SQL = """
        left join group_members on group_members.pool_id = users.pool_id and group_members.sub = users.sub
        left join user_groups on user_groups.pool_id = group_members.pool_id
            and user_groups.id = group_members.group_id
        """

    /// The groups, from the rows of a user; `first` is the first of the columns.
    static func groups(_ rows: [Row], from first: Int) throws -> TokenGroups {
        TokenGroups(
            try rows.compactMap { row in
                try row.textIfPresent(first).map { name in
                    TokenGroups.Membership(
                        name: name,
                        precedence: try row.intIfPresent(first + 1),
                        roleARN: try row.textIfPresent(first + 2)
                    )
                }
            }
        )
    }
}
