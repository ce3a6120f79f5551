internal import CMicroHTTPD
import Dispatch
import Glibc
import Synchronization

/// An HTTP/1.1 server over libmicrohttpd: worker threads read and write connections by epoll, handlers run as tasks.
///
/// A client that is slow costs a connection and no thread. Bodies are complete before the handler starts. A started
/// server lives until `stop` has returned, whether or not anyone refers to it.
package final class HTTPServer: Sendable {
    /// The port that is listened on.
    package var port: UInt16 { socket.port }

    let limits: HTTPServerLimits
    let responder: @Sendable (HTTPRequest) -> HTTPResponder
    let rejection: @Sendable (HTTPRejection, HTTPRequest) -> HTTPResponse
    let sink: @Sendable (HTTPRequest) -> (any BodySink)?
    let inFlight: InFlightRequests
    let connections: ConnectionTable
    /// As many as fit beside the rest of the process.
    let maximumConnections: Int
    /// How many connections may be on their way out when a further one is accepted: each still has its descriptor.
    static let leavingAtOnce = 128
    private let socket: ListeningSocket
    /// Holds the thread that accepts connections.
    private let acceptance = DispatchGroup()
    private let life = Mutex(Life.starting)
    private let stopsAccepting = Atomic(false)

    private enum Life {
        case starting
        case running(Daemon)
        case stopping([CheckedContinuation<Void, Never>])
        case stopped
    }

    /// Serves the connections of `socket` at once, those that wait there first. Raises the process limit of open files
    /// if `limits` needs it.
    ///
    /// `rejection` words the answers that the transport gives itself. `responder` says who answers everything else, and
    /// is asked once for each request. Both are called on a worker thread and must not block. Each answer is made by a
    /// task of its own, which begins where the responder says. `onDeparture` hears of connections that are told to
    /// leave, and must not block either. `sink` is asked, once the header has come, for what takes the body of a
    /// request that says how long it is; nil for what is held whole. Throws `TransportError.cannotStart`.
    package init(
        on socket: consuming ListeningSocket,
        limits: HTTPServerLimits = HTTPServerLimits(),
        onDeparture: @escaping @Sendable (ConnectionDeparture) -> Void = { _ in },
        sink: @escaping @Sendable (HTTPRequest) -> (any BodySink)? = { _ in nil },
        rejection: @escaping @Sendable (HTTPRejection, HTTPRequest) -> HTTPResponse,
        responder: @escaping @Sendable (HTTPRequest) -> HTTPResponder
    ) throws(TransportError) {
        self.limits = limits
        inFlight = InFlightRequests(limits: limits)
        self.rejection = rejection
        self.sink = sink
        self.responder = responder
        self.socket = socket
        let room = DescriptorLimit.makeRoom(forConnections: limits.maximumConnections + Self.leavingAtOnce)
        maximumConnections = max(room - Self.leavingAtOnce, limits.workerThreads)
        connections = ConnectionTable(
            limits: limits,
            maximumConnections: maximumConnections,
            onDeparture: onDeparture
        )
        let daemon = try Daemon(serving: self)
        life.withLock { $0 = .running(daemon) }
        acceptance.enter()
        DispatchQueue(label: "martlet.http.accept").async {
            self.acceptConnections(for: daemon)
            self.acceptance.leave()
        }
    }

    /// Whether answers must close their connections.
    var isStopping: Bool { stopsAccepting.load(ordering: .relaxed) }

    /// Refuses new connections from now on. Those that are open are served on, and close after their next answer.
    package func stopAccepting() {
        guard !stopsAccepting.exchange(true, ordering: .relaxed) else { return }
        socket.refuseConnections()
    }

    /// Stops accepting and waits until every request that was begun is answered to its last byte, or `limit` is over.
    /// Then cancels the handlers that still run, answers `stopping` in their place, and gives those answers up to one
    /// second to leave. Cut short if the calling task is cancelled. `stop` must follow.
    package func drain(within limit: Duration) async {
        stopAccepting()
        await waitUntilIdle(for: limit)
        let late = inFlight.close()
        if late.isEmpty { return }
        late.forEach { $0.abandon() }
        await waitUntilIdle(for: .seconds(1))
    }

    /// Closes everything at once; `drain` first to be gentle. Handlers that still run are cancelled but not waited for.
    /// Returns when the worker threads have ended. May be called again, and at the same time.
    package func stop() async {
        stopAccepting()
        await withCheckedContinuation { continuation in
            let daemon: Daemon? = life.withLock { life in
                switch life {
                case .running(let daemon):
                    life = .stopping([continuation])
                    return daemon
                case .stopping(let others):
                    life = .stopping(others + [continuation])
                case .starting, .stopped:
                    continuation.resume()
                }
                return nil
            }
            guard let daemon else { return }
            // Joining threads blocks. A queue of its own has a thread of its own, while the global queues share
            // theirs with Swift's tasks on Linux.
            DispatchQueue(label: "martlet.http.stop").async { self.close(daemon) }
        }
    }

    private func close(_ daemon: Daemon) {
        // libmicrohttpd may be given no connection after it stopped, nor stopped while one is suspended. What the loop
        // waits for is a thread between two lines of `Exchange`, or at most a look into the database of a handler that
        // began there.
        acceptance.wait()
        inFlight.close().forEach { $0.abandon() }
        while inFlight.hasSuspended { _ = sched_yield() }
        daemon.stop()
        let waiting = life.withLock { life in
            defer { life = .stopped }
            if case .stopping(let waiting) = life { return waiting }
            return []
        }
        waiting.forEach { $0.resume() }
    }

    /// We accept, and not libmicrohttpd: its `MHD_quiesce_daemon`, the way to stop that, races with its own workers and
    /// aborts the process now and then (0.9.75, "Failed to remove listen FD from epoll set").
    private func acceptConnections(for daemon: Daemon) {
        let patience = min(.seconds(1), limits.requestTimeout / 4)
        socket.awaitConnections(for: patience)
        var nextLook = ContinuousClock.now
        while true {
            if ContinuousClock.now >= nextLook {
                connections.expire()
                nextLook = .now + patience
            }
            // Those that are told to leave go as fast as the worker threads find the time.
            while connections.leaving >= Self.leavingAtOnce { usleep(1000) }
            switch socket.accept() {
            case .connection(let descriptor, let peer): daemon.serve(descriptor, from: peer)
            case .none: continue
            // Descriptors come back when connections close; until then the clients wait in the listen queue.
            case .exhausted: usleep(10_000)
            case .refused: return
            }
        }
    }

    private func waitUntilIdle(for limit: Duration) async {
        let deadline = ContinuousClock.now + limit
        // Polled: it happens once in a server's life, and the path of each request stays free of waiters.
        while !inFlight.isEmpty, ContinuousClock.now < deadline {
            guard (try? await Task.sleep(for: .milliseconds(2))) != nil else { return }
        }
    }
}
