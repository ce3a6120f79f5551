import Database

extension DatabaseEngine {
    /// How the engine would run the statement, a step to a line.
    func plan(of statement: SQL) async throws -> String {
        let (question, column): (SQL, Int) =
            switch kind {
            case .sqlite: ("explain query plan \(statement)", 3)
            case .postgreSQL: ("explain (costs off) \(statement)", 0)
            }
        let rows = try await read { try $0.rows(question) }
        return try rows.map { try $0.text(column) }.joined(separator: "\n")
    }

    /// Lets PostgreSQL look at its tables, as its planner goes by what it knows of them. SQLite's goes by the indexes.
    func analyze() async throws {
        guard kind == .postgreSQL else { return }
        try await write { connection in
            for table in ["users", "group_members"] { try connection.execute("analyze \(unsafeSQL: table)") }
        }
    }
}
