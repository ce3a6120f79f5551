import Cryptography
import Database
import HTTPTransport
import Messaging
import OperatingSystem

/// The server: an application behind a socket, from its start to a signal, with nothing left half-done.
package struct MartletServer: Sendable {
    /// How long requests in flight have when a signal comes.
    private static let drainTime = Duration.seconds(10)
    /// How long messages have then that are on their way; what isn't sent by then is sent after the next start.
    private static let messageTime = Duration.seconds(5)
    /// How many requests are handled at once, for each processor. Time in the server is this over the requests that a
    /// processor serves in a second, so it decides how long those wait who aren't refused: a processor makes some 700
    /// sign-ins a second, and 250 while overload takes most of it for refusals.
    private static let requestsInFlight = 64

    private let configuration: Configuration

    /// A server that runs as the configuration says.
    package init(_ configuration: Configuration) { self.configuration = configuration }

    /// How many signatures and powers this machine computes at a time, for who starts it.
    package static var lanes: String { Lanes.summary }

    /// Where it listens.
    package struct Ports: Sendable {
        /// Of the API.
        package fileprivate(set) var api: UInt16
        /// Of health and metrics, where they have one of their own.
        package fileprivate(set) var monitoring: UInt16?
    }

    /// Serves until SIGTERM or SIGINT. `ready` is told the ports once the first request can come. Throws, if it can't
    /// start, an error that says so in one line.
    @concurrent
    package func run(ready: @Sendable (Ports) -> Void) async throws {
        // These threads may block, which the database is told below.
        try await withTaskExecutorPreference(RequestExecutor.shared) {
            try await serve(ready: ready)
        }
    }

    private func serve(ready: (Ports) -> Void) async throws {
        // First, as nothing needs to be undone if the port is taken. Who connects meanwhile waits in the socket's queue.
        let socket = try ListeningSocket(host: configuration.listener.host, port: configuration.listener.port)
        let port = socket.port
        var monitoringSocket: ListeningSocket?
        var ports = Ports(api: port, monitoring: nil)
        if let address = configuration.listener.monitoring {
            let socket = try ListeningSocket(host: address.host, port: address.port)
            ports.monitoring = socket.port
            monitoringSocket = consume socket
        }
        let termination = TerminationSignals()
        var parts = ApplicationParts()
        parts.databaseOptions.callersMayBlock = true
        parts.databaseOptions.executor = .shared
        let application = try await Application.open(configuration, port: port, parts: parts)
        let server: HTTPServer
        var monitor: HTTPServer?
        do {
            if let gateway = application.monitor, let socket = monitoringSocket.take() {
                monitor = try Self.server(on: socket, Self.monitoringLimits, gateway)
            }
            server = try Self.server(on: socket, limits, application.gateway)
        } catch {
            await monitor?.stop()
            await application.close()
            throw error
        }
        ready(ports)

        await withDiscardingTaskGroup { group in
            group.addTask { await application.maintain() }
            await termination.wait()
            await server.drain(within: Self.drainTime)
            await server.stop()
            await monitor?.stop()
            await application.messages.finish(within: Self.messageTime)
            group.cancelAll()
        }
        await application.close()
        StandardStream.error.flush()
        StandardStream.output.flush()
    }

    private static func server(
        on socket: consuming ListeningSocket,
        _ limits: HTTPServerLimits,
        _ gateway: Gateway
    ) throws -> HTTPServer {
        try HTTPServer(
            on: socket,
            limits: limits,
            onDeparture: { gateway.metrics.recordDeparture($0) },
            sink: { gateway.sink(for: $0) },
            rejection: { gateway.reject($0, $1) },
            responder: { gateway.responder(for: $0) }
        )
    }

    private var limits: HTTPServerLimits {
        var limits = HTTPServerLimits()
        limits.maximumRequestsInFlight = Self.requestsInFlight * limits.workerThreads
        limits.maximumRequestsReturned = 8 * limits.maximumRequestsInFlight
        limits.maximumConnections = 20_000
        limits.maximumConnectionsPerAddress = 2_000
        limits.unlimitedPeers = configuration.listener.trustedProxies.blocks
        return limits
    }

    private static var monitoringLimits: HTTPServerLimits {
        var limits = HTTPServerLimits()
        limits.workerThreads = 1
        limits.maximumConnections = 128
        limits.maximumBodySize = 1024
        return limits
    }
}
