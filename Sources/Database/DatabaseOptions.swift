package import OperatingSystem

/// How an engine is sized. The defaults are what production uses.
package struct DatabaseOptions: Sendable {
    /// Reader connections of SQLite; as many again for callers that may block.
    package var sqliteReaders = 4
    /// Connections to PostgreSQL, without those for look-ups and the one that listens.
    package var postgreSQLConnections = 10
    /// Connections to PostgreSQL on which callers of `lookUp` share round trips.
    package var postgreSQLLookUpConnections = 4
    /// Whether `read` may block the thread that calls it: a read that runs where it is asked for needs no other thread to
    /// wake, and no way back. Only for those whose callers run on threads of their own, never on Swift's cooperative
    /// pool.
    package var callersMayBlock = false
    /// Whose requests SQLite's writer lets go first, before it commits; nobody's where it is nil.
    package var executor: RequestExecutor?
    /// Callers that may wait in each queue before the next is refused.
    package var waitingLimit = 4096
    /// How long a caller waits for a connection to PostgreSQL before it is refused. When all are held up, those behind them
    /// would otherwise wait as long again for each that stands before them.
    package var patience = Duration.seconds(5)
    /// How long a change of another node may go unseen where no `NOTIFY` tells of it.
    package var changeInterval = Duration.seconds(1)

    /// The defaults.
    package init() {}
}
