import Database
import Storage

/// The tables as the database itself lists them, and rows for each of them, so that a table that is added later is
/// tested too.
struct LiveSchema: Sendable {
    struct Table: Sendable {
        var columns: [(name: String, type: String)] = []
        var primaryKey: [String] = []
    }

    private let database: any DatabaseEngine
    private let tables: [String: Table]

    init(_ database: any DatabaseEngine) async throws {
        self.database = database
        tables = try await Self.tables(of: database).filter { table in
            table.value.columns.contains { $0.name == "pool_id" }
        }
    }

    /// The tables whose rows belong to a pool, by name.
    var names: [String] { tables.keys.sorted() }

    /// Every table by name, with its columns in order.
    static func tables(of database: any DatabaseEngine) async throws -> [String: Table] {
        var tables: [String: Table] = [:]
        for row in try await database.read({ try $0.rows(columns(database.kind)) }) {
            tables[try row.text(0), default: Table()].columns.append((try row.text(1), try row.text(2)))
        }
        for row in try await database.read({ try $0.rows(primaryKeys(database.kind)) }) {
            tables[try row.text(0), default: Table()].primaryKey.append(try row.text(1))
        }
        return tables
    }

    private static func columns(_ kind: DatabaseKind) -> SQL {
        switch kind {
        case .sqlite:
            """
            select tables.name, columns.name, lower(columns.type)
            from sqlite_master as tables, pragma_table_info(tables.name) as columns
            where tables.type = 'table' order by tables.name, columns.cid
            """
        case .postgreSQL:
            """
            select table_name::text, column_name::text, data_type::text from information_schema.columns
            where table_schema = current_schema() order by table_name, ordinal_position
            """
        }
    }

    private static func primaryKeys(_ kind: DatabaseKind) -> SQL {
        switch kind {
        case .sqlite:
            """
            select tables.name, columns.name from sqlite_master as tables, pragma_table_info(tables.name) as columns
            where tables.type = 'table' and columns.pk > 0 order by tables.name, columns.pk
            """
        case .postgreSQL:
            """
            select keys.table_name::text, keys.column_name::text from information_schema.key_column_usage as keys
            join information_schema.table_constraints as constraints using (constraint_schema, constraint_name)
            where keys.table_schema = current_schema() and constraints.constraint_type = 'PRIMARY KEY'
            order by keys.table_name, keys.ordinal_position
            """
        }
    }

    /// Puts one row into every table of pools: the user's, where it can be anybody's.
    func fill(poolID: String, user: String) async throws {
        try await database.write { connection in
            for (name, table) in tables {
                let names = table.columns.map(\.name).joined(separator: ", ")
                var values = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: table.columns.count)
                for (index, column) in table.columns.enumerated() {
                    if index > 0 { values.appendLiteral(", ") }
                    values.appendInterpolation(Self.value(column.name, column.type, poolID, user))
                }
                try connection.execute(
                    "insert into \(unsafeSQL: name) (\(unsafeSQL: names)) values (\(SQL(stringInterpolation: values)))"
                )
            }
        }
    }

    private static func value(_ column: String, _ type: String, _ poolID: String, _ user: String) -> SQLValue {
        switch (column, type) {
        case ("pool_id", _): .text(poolID)
        case ("sub", _), ("subject", _): .text(user)
        // Of a table of its own the ids differ by pool, too.
        case (_, "text"): .text("\(poolID) \(user)")
        case (_, "bytea"): .bytes(Array("\(poolID) \(user)".utf8))
        case (_, "boolean"): .boolean(true)
        default: .integer(1)
        }
    }

    /// Whose rows the table has, by what `fill` put into it.
    func users(in table: String, poolID: String) async throws -> [String] {
        let columns = tables[table]?.columns.map(\.name) ?? []
        // Any column that tells the users apart.
        let telling = columns.first { ["sub", "subject", "session_id", "nonce", "id", "region"].contains($0) } ?? ""
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select \(unsafeSQL: telling) from \(unsafeSQL: table) where pool_id = \(poolID)
                order by \(unsafeSQL: telling)
                """
            )
        }
        return try rows.map { String(try $0.text(0).split(separator: " ").last ?? "") }
    }

    func count(in table: String, poolID: String? = nil) async throws -> Int {
        let rows = try await database.read { connection in
            guard let poolID else { return try connection.rows("select 1 from \(unsafeSQL: table)") }
            return try connection.rows("select 1 from \(unsafeSQL: table) where pool_id = \(poolID)")
        }
        return rows.count
    }
}
