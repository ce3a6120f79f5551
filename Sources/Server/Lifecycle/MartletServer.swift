import Database
import HTTPTransport
import OperatingSystem

/// The server: an application behind a socket, from its start to a signal, with nothing left half-done.
package struct MartletServer: Sendable {
    /// How long requests in flight have when a signal comes.
    private static let drainTime = Duration.seconds(10)
    /// How many requests are handled at once, for each processor. Time in the server is this over the requests that a
    /// processor serves in a second, so it decides how long those wait who aren't refused: a processor makes some 700
    /// sign-ins a second, and 250 while overload takes most of it for refusals.
    private static let requestsInFlight = 64

    private let configuration: Configuration

    /// A server that runs as the configuration says.
    package init(_ configuration: Configuration) { self.configuration = configuration }

    /// Serves until SIGTERM or SIGINT. `ready` is told the port once the first request can come. Throws, if it can't
    /// start, an error that says so in one line.
    @concurrent
    package func run(ready: @Sendable (UInt16) -> Void) async throws {
        // These threads may block, which the database is told below.
        try await withTaskExecutorPreference(RequestExecutor.shared) {
            try await serve(ready: ready)
        }
    }

    private func serve(ready: (UInt16) -> Void) async throws {
        // First, as nothing needs to be undone if the port is taken. Who connects meanwhile waits in the socket's queue.
        let socket = try ListeningSocket(host: configuration.listener.host, port: configuration.listener.port)
        let port = socket.port
        let termination = TerminationSignals()
        var parts = ApplicationParts()
        parts.databaseOptions.callersMayBlock = true
        let application = try await Application.open(configuration, port: port, parts: parts)
        let server: HTTPServer
        do {
            server = try HTTPServer(
                on: socket,
                limits: Self.limits,
                rejection: { application.gateway.reject($0, $1) },
                responder: { application.gateway.responder(for: $0) }
            )
        } catch {
            await application.close()
            throw error
        }
        ready(port)

        await withDiscardingTaskGroup { group in
            group.addTask { await application.maintain() }
            await termination.wait()
            await server.drain(within: Self.drainTime)
            await server.stop()
            group.cancelAll()
        }
        await application.close()
        StandardStream.error.flush()
        StandardStream.output.flush()
    }

    private static var limits: HTTPServerLimits {
        var limits = HTTPServerLimits()
        limits.maximumRequestsInFlight = requestsInFlight * limits.workerThreads
        limits.maximumConnections = 20_000
        return limits
    }
}
