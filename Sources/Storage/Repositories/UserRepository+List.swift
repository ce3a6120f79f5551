import Database
package import Domain

extension UserRepository {
    /// One page of the users that match, in an order that an index gives: the cost of a page doesn't depend on how
    /// many users there are. `cursor` is the `next` of the page before: the sort column's value and the `sub` of the
    /// last user shown.
    package func list(
        in pool: UserPool,
        filter: UserFilter?,
        after cursor: [String]?,
        limit: Int
    ) async throws -> Page<User> {
        let column = Self.column(of: filter)
        var condition: SQL = "users.pool_id = \(pool.id)"
        if let filter { condition = "\(condition) and \(Self.condition(filter, in: pool))" }
        if let cursor, cursor.count == 2 {
            condition =
                column.isEmpty
                ? "\(condition) and users.sub > \(cursor[1])"
                : "\(condition) and (users.\(unsafeSQL: column), users.sub) > (\(cursor[0]), \(cursor[1]))"
        }
        let order: SQL = column.isEmpty ? "users.sub" : "users.\(unsafeSQL: column), users.sub"
        let extra: SQL = column.isEmpty ? "users.sub" : "users.\(unsafeSQL: column)"
        let statement: SQL = """
            select \(UserColumns.read), \(extra) from users where \(condition) order by \(order) limit \(limit + 1)
            """
        let rows = try await database.read { try $0.rows(statement) }
        return try Page(rows, limit: limit, cursor: [UserColumns.count, 0]) {
            try UserColumns.user($0, poolID: pool.id)
        }
    }

    /// The column that a prefix search runs over; otherwise users come in the order of their `sub`.
    private static func column(of filter: UserFilter?) -> String {
        guard let filter, filter.comparison == .startsWith, filter.attribute != .sub else { return "" }
        return filter.attribute == .userStatus ? "status" : filter.attribute.rawValue
    }

    private static func condition(_ filter: UserFilter, in pool: UserPool) -> SQL {
        switch filter.attribute {
        case .enabled:
            switch filter.value {
            case "Enabled": return "users.enabled"
            case "Disabled": return "not users.enabled"
            default: return "1 = 0"
            }
        case .userStatus: return comparison("status", filter, value: filter.value.uppercased())
        case .username where filter.comparison == .equals && !pool.signInNames.isCaseSensitive:
            return "users.username_key = \(pool.signInNames.key(of: filter.value))"
        case .username: return comparison("username", filter, value: filter.value)
        default: return comparison(filter.attribute.rawValue, filter, value: Name.folded(filter.value))
        }
    }

    /// `=`, or a range of the column's index for a prefix.
    private static func comparison(_ column: String, _ filter: UserFilter, value: String) -> SQL {
        switch filter.comparison {
        case .equals: return "users.\(unsafeSQL: column) = \(value)"
        case .startsWith:
            // Nothing sorts after U+10FFFF, so this is the end of all texts that begin with the value.
            return "users.\(unsafeSQL: column) >= \(value) and users.\(unsafeSQL: column) < \(value + "\u{10FFFF}")"
        }
    }
}
