/// How an engine is sized. The defaults are what production uses.
package struct DatabaseOptions: Sendable {
    /// Reader connections of SQLite.
    package var sqliteReaders = 4
    /// Connections to PostgreSQL, without the one that listens.
    package var postgreSQLConnections = 10
    /// Callers that may wait in each queue before the next is refused.
    package var waitingLimit = 4096

    /// The defaults.
    package init() {}
}
