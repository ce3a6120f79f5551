import Database
import Domain
import HTTPTransport
import Operations
import Storage
import UserPools

/// What those who run Martlet ask: is it well, and what does it do.
struct OperationsEndpoints: Sendable {
    let services: Services
    let metrics: Metrics

    func respond(to request: HTTPRequest, trace: inout RequestTrace) async throws -> HTTPResponse? {
        guard ["/_martlet/health", "/_martlet/metrics"].contains(request.path) else { return nil }
        trace.name = request.path
        guard ["GET", "HEAD"].contains(request.method) else { return .methodNotAllowed("GET, HEAD") }
        if request.path == "/_martlet/health" { return await health(&trace) }
        let text = metrics.exposition(database: services.store.database.statistics)
        return HTTPResponse(
            status: 200,
            headers: ["Content-Type": "text/plain; version=0.0.4", "Cache-Control": "no-store"],
            body: Array(text.utf8)
        )
    }

    private func health(_ trace: inout RequestTrace) async -> HTTPResponse {
        do {
            try await services.store.database.ping()
            return .json(200, #"{"status":"ok"}"#)
        } catch {
            trace.cause = "\(error)"
            return .json(503, #"{"status":"database unavailable"}"#)
        }
    }
}
