import Database

extension DatabaseEngine {
    /// How the engine would run the statement, a step to a line. PostgreSQL looks at its tables first, as its planner goes by
    /// what it knows of them.
    func plan(of statement: SQL) async throws -> String {
        switch kind {
        case .sqlite:
            let rows = try await read { try $0.rows("explain query plan \(statement)") }
            return try rows.map { try $0.text(3) }.joined(separator: "\n")
        case .postgreSQL:
            try await write { try $0.execute("analyze users, group_members") }
            let rows = try await read { try $0.rows("explain (costs off) \(statement)") }
            return try rows.map { try $0.text(0) }.joined(separator: "\n")
        }
    }
}
