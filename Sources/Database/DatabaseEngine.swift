/// A database: one SQL text, two engines.
///
/// The bodies are synchronous and run on a thread of the database, so that no blocking call ever reaches Swift's
/// cooperative pool. Waiting callers are bounded in number; past that both throw `overloaded` at once.
package protocol DatabaseEngine: Sendable {
    /// Runs statements that only look.
    ///
    /// Each statement sees a snapshot of its own, because a transaction would cost round trips; write one statement
    /// where rows must agree. The body may be run again after a lost connection.
    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T

    /// The rows that a statement finds by a key.
    ///
    /// On PostgreSQL it goes in one round trip with others that wait, and holds them up where it takes long: what may look at
    /// many rows is a `read`. It may be run again.
    func lookUp(_ sql: SQL) async throws -> [Row]

    /// Runs statements as one transaction, durable on return and rolled back when the body throws.
    ///
    /// The body may run more than once (serialization failure, connection lost before the commit), so it must have no
    /// effect but its statements. PostgreSQL runs it as `read committed`: what one statement read may have changed by
    /// the next one. Rely on constraints and on `update … where … returning`, never on a `select` before a write.
    @discardableResult func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws
        -> T

    /// Brings the schema up to date: checks the migrations already applied against their checksums and applies the
    /// rest, all of it in one transaction that excludes other migrators.
    ///
    /// Throws when an applied migration was edited, or when the database is newer than this list.
    func migrate(_ migrations: [Migration]) async throws

    /// Throws unless the database answers within two seconds.
    func ping() async throws

    /// What `Connection.notify` sends on the channel, from now on until the database is closed. Another node's comes at
    /// once where the database has `LISTEN`, and within a second where it hasn't or a pooler stands before it.
    ///
    /// An empty payload means that some may have been missed (the listening connection is new, or the reader slow):
    /// drop whatever depends on it.
    func notifications(_ channel: String) -> AsyncStream<String>

    /// Finishes what waits, then closes every connection. Later calls throw `connectionFailure`.
    func close() async

    /// Which engine this is.
    var kind: DatabaseKind { get }

    /// What was done since the database was opened.
    var statistics: DatabaseStatistics { get }
}

extension DatabaseEngine {
    /// A `read` of its own, where round trips cost nothing.
    package func lookUp(_ sql: SQL) async throws -> [Row] {
        try await read { try $0.rows(sql) }
    }
}

/// The engines.
package enum DatabaseKind: String, Sendable {
    case sqlite
    case postgreSQL
}
