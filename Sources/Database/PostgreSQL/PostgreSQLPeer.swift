/// What a connection turned out to lead to.
struct PostgreSQLPeer: Sendable {
    /// Whether a pooler stands in between, which may hand each transaction to another session of the server. Nothing
    /// then outlives a transaction: no setting, no prepared statement, no `listen`.
    let isPooled: Bool
    /// Whether the database has `pg_notify`.
    let canNotify: Bool
}

extension PostgreSQLHandle {
    /// Asks who is at the other end.
    ///
    /// A connection begins with the number of the process that serves it. A pooler makes that number up, because it
    /// doesn't know yet which will, and the session that then answers tells its true one. One that pools sessions whole
    /// is taken for one that pools transactions: slower by a little, and right.
    func identifyPeer() throws(DatabaseError) -> PostgreSQLPeer {
        let row = try rows(
            """
            select cast(pg_backend_pid() as bigint),
                exists (select 1 from pg_catalog.pg_proc where proname = 'pg_notify')
            """
        ).first
        guard let row else { throw DatabaseError(.connectionFailure, "The database doesn't say who it is.") }
        return PostgreSQLPeer(isPooled: try row.int(0) != backendNumber, canNotify: try row.boolean(1))
    }
}
