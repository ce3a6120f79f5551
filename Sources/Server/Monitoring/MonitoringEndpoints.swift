import Database
import HTTPTransport
import Operations

/// What those who run Martlet ask: is it well, and what does it do. Answered however busy it is.
struct MonitoringEndpoints: Sendable {
    let database: any DatabaseEngine
    let metrics: Metrics

    /// Also on the port of the API where the operator has them on one of their own: load balancers ask there whether to
    /// send it requests.
    var healthRoute: Route {
        Route(
            .get,
            host: .any,
            path: "/_martlet/health",
            crossOrigin: .everyOrigin,
            execution: .readingThread,
            reserved: true,
            name: "/_martlet/health"
        ) { _, trace in
            await health(&trace)
        }
    }

    var metricsRoute: Route {
        Route(
            .get,
            host: .any,
            path: "/_martlet/metrics",
            crossOrigin: .everyOrigin,
            execution: .executor,
            reserved: true,
            name: "/_martlet/metrics"
        ) { _, _ in
            HTTPResponse(
                status: 200,
                headers: ["Content-Type": "text/plain; version=0.0.4", "Cache-Control": "no-store"],
                body: Array(metrics.exposition(database: database.statistics).utf8)
            )
        }
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
