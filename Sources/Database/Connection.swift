/// What the body of a `read` or `write` talks to. It is good only inside that body, on the thread that runs it.
///
/// The first statement that fails in a `write` fails the whole of it, on both engines: later statements throw the same
/// error, and it is thrown at the end even if the body caught it. Where a conflict is an expected outcome, write
/// `on conflict do nothing` and look at the count.
package protocol Connection: AnyObject {
    /// Every row of the answer.
    func rows(_ sql: SQL) throws -> [Row]

    /// The first row of the answer, or nil when there is none.
    func row(_ sql: SQL) throws -> Row?

    /// Runs a statement and tells how many rows it inserted, updated or deleted itself (not by cascading).
    @discardableResult func execute(_ sql: SQL) throws -> Int

    /// Runs a statement whose result isn't needed. PostgreSQL gets it together with the next statement or the commit,
    /// saving a round trip; SQLite runs it at once. Its failure surfaces at the next statement or at the end.
    func enqueue(_ sql: SQL) throws

    /// Tells everyone who listens to the channel, on every node, once the `write` is committed.
    ///
    /// The payload isn't empty: an empty one means "may have missed some". On PostgreSQL the database must have been
    /// migrated, and those who notify one channel commit one after another.
    func notify(_ channel: String, _ payload: String) throws
}

extension Connection {
    /// The first row of the answer, or nil when there is none.
    package func row(_ sql: SQL) throws -> Row? {
        try rows(sql).first
    }
}

/// A connection that can also run a text of many statements, as migrations need.
protocol ScriptConnection: Connection {
    /// Waits until no other process migrates this database; holds until the transaction ends.
    func lockForMigration() throws

    /// Makes the tables that the engine needs for itself, where they aren't there yet.
    func makeOwnTables() throws

    /// Runs every statement of the text.
    func runScript(_ text: String) throws
}
