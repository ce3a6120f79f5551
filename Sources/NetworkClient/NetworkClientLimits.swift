/// What a client may take of the machine, whatever it is asked for.
package struct NetworkClientLimits: Sendable {
    /// Transfers that are under way at once. Others wait for one of them to end. More than any one of those who are
    /// called may have, as they share them.
    package var concurrentTransfers = 4000
    /// Mails that are under way at once, each on a thread of its own. More than are tried in the background, by a
    /// CustomMessage function's words or without, so that those who wait for theirs neither stand behind them nor learn of
    /// them.
    package var mailThreads = 40
    /// Transfers that wait. A further one fails at once.
    package var waitingTransfers = 10_000
    /// Connections that are kept for the next transfer.
    package var keptConnections = 64
    /// How long a connection may have been idle and still be used. Load balancers commonly close after 60 s.
    package var keptConnectionAge: Duration = .seconds(50)
    /// How long after its last transfer a client closes its connections, frees what it holds and ends its thread.
    package var idleTimeout: Duration = .seconds(60)
    /// The most bytes of an answer's header, or of what a mail server says while it takes one mail.
    package var headerSize = 64 << 10

    /// The limits as they are by default.
    package init() {}
}
