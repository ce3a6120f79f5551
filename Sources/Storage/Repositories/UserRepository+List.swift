import Database
package import Domain

extension UserRepository {
    /// A place in a listing: the sort column's value and the `sub` of the last user shown.
    package struct Cursor: Sendable, Hashable {
        package let value: String
        package let sub: String

        package init(value: String, sub: String) {
            self.value = value
            self.sub = sub
        }
    }

    /// One page of the users that match, in an order that an index gives: the cost of a page doesn't depend on how
    /// many users there are. `next` is nil on the last page.
    package func list(
        in pool: UserPool,
        filter: UserFilter?,
        after cursor: Cursor?,
        limit: Int
    ) async throws -> (users: [User], next: Cursor?) {
        let column = Self.column(of: filter)
        var condition: SQL = "users.pool_id = \(pool.id)"
        if let filter { condition = "\(condition) and \(Self.condition(filter, in: pool))" }
        if let cursor {
            condition =
                column.isEmpty
                ? "\(condition) and users.sub > \(cursor.sub)"
                : "\(condition) and (users.\(unsafeSQL: column), users.sub) > (\(cursor.value), \(cursor.sub))"
        }
        let order: SQL = column.isEmpty ? "users.sub" : "users.\(unsafeSQL: column), users.sub"
        let extra: SQL = column.isEmpty ? "users.sub" : "users.\(unsafeSQL: column)"
        let statement: SQL = """
            select \(UserRow.columns), \(extra) from users where \(condition) order by \(order) limit \(limit + 1)
            """
        let rows = try await database.read { try $0.rows(statement) }
        let shown = rows.prefix(limit)
        let users = try shown.map { try UserRow.user($0, poolID: pool.id) }
        guard rows.count > limit, let last = shown.last, let lastUser = users.last else { return (users, nil) }
        return (users, Cursor(value: try last.text(UserRow.count), sub: lastUser.sub))
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
        default: return comparison(filter.attribute.rawValue, filter, value: filter.value)
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
