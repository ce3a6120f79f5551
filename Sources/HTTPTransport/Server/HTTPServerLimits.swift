import Glibc

/// What a server grants its clients.
package struct HTTPServerLimits: Sendable {
    /// The largest body in bytes. A larger one gets `bodyTooLarge`.
    package var maximumBodySize = 1 << 20
    /// The largest sum of bodies in bytes that are held at once. Past it a request gets `overloaded`.
    package var maximumBufferedBodySize = 256 << 20
    /// The largest request line and header fields together in bytes. More gets `headersTooLarge`, or libmicrohttpd's
    /// own 431. A connection that has served a request keeps about 1.75 times this much memory until it closes.
    package var maximumHeaderSize = 16 * 1024
    /// How many connections are open at once. The process limit of open files is raised to fit where it may be, and
    /// lowers this number where it may not. Past it, connections are closed as they come.
    package var maximumConnections = 10_000
    /// How many connections one IP address may hold open; 0 sets no limit. Further ones are closed at once.
    package var maximumConnectionsPerAddress = 0
    /// Seconds without a byte after which a connection closes; 0 never closes it. It stands still while a handler runs.
    package var idleTimeout = 60
    /// Threads that read and write connections. Handlers run elsewhere, but for those that begin here.
    package var workerThreads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    /// How many handlers run at once. Past it a request gets `overloaded` as soon as it has been read.
    package var maximumRequestsInFlight = 1024

    /// The defaults.
    package init() {}

    /// Room for the request's header, libmicrohttpd's index of its fields, and the response's header.
    var connectionMemory: Int { maximumHeaderSize + maximumHeaderSize / 2 + 4096 }
}
