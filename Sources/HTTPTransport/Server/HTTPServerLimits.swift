import Glibc
package import OperatingSystem

/// What a server grants its clients.
package struct HTTPServerLimits: Sendable {
    /// The largest body in bytes that no sink takes. A larger one gets `bodyTooLarge`.
    package var maximumBodySize = 2 << 20
    /// The largest sum in bytes of bodies that aren't complete. Past it, the connections leave whose requests are the
    /// oldest.
    package var maximumUnfinishedBytes = 128 << 20
    /// As much of it as one peer may hold. Past it, the connections of its oldest leave.
    package var maximumUnfinishedBytesPerAddress = 16 << 20
    /// The largest request line and header fields together in bytes. More gets `headersTooLarge`, or libmicrohttpd's
    /// own 431. A connection that has served a request keeps about 1.75 times this much memory until it closes.
    package var maximumHeaderSize = 16 * 1024
    /// How many connections are open at once. The process limit of open files is raised to fit where it may be, and
    /// lowers this number where it may not. Past it, the connection leaves that has kept the server waiting longest.
    package var maximumConnections = 10_000
    /// How many connections one IP address, or one IPv6 network of 64 bits, may hold open; 0 sets no limit. Past it,
    /// that one of them leaves which has kept the server waiting longest.
    package var maximumConnectionsPerAddress = 0
    /// The peers that the limits of an address aren't for, as proxies make connections for many.
    package var unlimitedPeers: [IPAddressBlock] = []
    /// How long a client may take for a request, from its line to the last byte of its body, however many it sends on
    /// the way; for each part of a body that a sink takes; for the line of its first from when it connected; and to
    /// take an answer. Then the connection closes.
    package var requestTimeout = Duration.seconds(30)
    /// Seconds without a byte, or without the line of a further request, after which a connection closes; 0 never
    /// closes it. It stands still while a handler runs.
    package var idleTimeout = 60
    /// Threads that read and write connections. Handlers run elsewhere, but for those that begin here.
    package var workerThreads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    /// How many handlers run at once. Past it a request gets `overloaded` as soon as it has been read.
    package var maximumRequestsInFlight = 1024
    /// How many handlers beside them wait for somebody outside, as `RequestPlace` says. Past it they count among those
    /// that run.
    package var maximumRequestsWaiting = 10_000
    /// How many go on after they waited, until the next request gets `overloaded`. They come back all at once where a
    /// function was stuck.
    package var maximumRequestsReturned = 8 * 1024
    /// How many more may run of those that are never to be refused.
    package var reservedRequestsInFlight = 64

    /// The defaults.
    package init() {}

    func isUnlimited(_ peer: IPAddress) -> Bool { unlimitedPeers.contains { $0.contains(peer) } }

    /// Room for the request's header, libmicrohttpd's index of its fields, and the response's header.
    var connectionMemory: Int { maximumHeaderSize + maximumHeaderSize / 2 + 4096 }
}
