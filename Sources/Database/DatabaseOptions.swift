/// How an engine is sized. The defaults are what production uses.
package struct DatabaseOptions: Sendable {
    /// Reader connections of SQLite; as many again for callers that may block.
    package var sqliteReaders = 4
    /// Connections to PostgreSQL, without the one that listens.
    package var postgreSQLConnections = 10
    /// Whether `read` may block the thread that calls it: a read that runs where it is asked for needs no other thread to
    /// wake, and no way back. Only for those whose callers run on threads of their own, never on Swift's cooperative
    /// pool.
    package var callersMayBlock = false
    /// Callers that may wait in each queue before the next is refused.
    package var waitingLimit = 4096

    /// The defaults.
    package init() {}
}
