import Database
import HTTPTransport
import Operations

/// What those who run Martlet ask: is it well, and what does it do.
struct MonitoringEndpoints: Sendable {
    let database: any DatabaseEngine
    let metrics: Metrics

    var routes: [Route] {
        [
            Route(
                .get,
                host: .any,
                path: "/_martlet/health",
                crossOrigin: .everyOrigin,
                execution: .readingThread,
                name: "/_martlet/health"
            ) { _, trace in
                await health(&trace)
            },
            Route(
                .get,
                host: .any,
                path: "/_martlet/metrics",
                crossOrigin: .everyOrigin,
                execution: .executor,
                name: "/_martlet/metrics"
            ) { _, _ in
                HTTPResponse(
                    status: 200,
                    headers: ["Content-Type": "text/plain; version=0.0.4", "Cache-Control": "no-store"],
                    body: Array(metrics.exposition(database: database.statistics).utf8)
                )
            },
        ]
    }

    private func health(_ trace: inout RequestTrace) async -> HTTPResponse {
        do {
            try await database.ping()
            return .json(200, #"{"status":"ok"}"#)
        } catch {
            trace.cause = "\(error)"
            return .json(503, #"{"status":"database unavailable"}"#)
        }
    }
}
