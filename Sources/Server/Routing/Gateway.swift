import CognitoModel
import Domain
package import HTTPTransport
package import Operations
package import UserPools

/// Answers every HTTP request: finds its endpoint, words its errors, adds the headers that all answers carry, writes
/// the log line and counts.
package final class Gateway: Sendable {
    private let targets: OperationTargets
    private let discovery: DiscoveryEndpoints
    private let operations: OperationsEndpoints
    private let development: DevelopmentEndpoints?
    private let services: Services
    private let metrics: Metrics
    private let log: RequestLog

    package init(
        services: Services,
        targets: OperationTargets,
        metrics: Metrics,
        log: RequestLog,
        development: DevelopmentEndpoints?
    ) {
        self.services = services
        self.targets = targets
        self.metrics = metrics
        self.log = log
        self.development = development
        discovery = DiscoveryEndpoints(services: services)
        operations = OperationsEndpoints(services: services, metrics: metrics)
    }

    /// Answers a request. Never throws: what goes wrong is an answer too.
    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        let start = ContinuousClock.now
        let id = (try? services.identifiers.uuid()) ?? "00000000-0000-4000-8000-000000000000"
        let context = RequestContext(
            id: id,
            now: services.clock.now(),
            peerAddress: request.remoteAddress,
            headers: request.headers
        )
        var trace = RequestTrace()
        var response: HTTPResponse
        do {
            response = try await route(request, context, trace: &trace)
        } catch {
            let wireError = ErrorEnvelope.wireError(error)
            trace.errorType = wireError.code.name
            trace.cause = wireError.cause.map { "\($0)" }
            response = ErrorEnvelope.response(wireError)
        }
        response.headers.append("x-amzn-RequestId", id)
        CrossOrigin.addHeaders(to: &response)
        let duration = start.duration(to: .now)
        metrics.record(operation: trace.name, errorType: trace.errorType, duration: duration)
        log.write(request, trace, context, status: response.status, duration: duration)
        return response
    }

    /// Whether the request is mostly answered by one look into the database at most, and without a private key or a
    /// write: in less time than it takes to hand it to another thread. One whose pool isn't kept takes longer, once.
    package func isQuick(_ request: HTTPRequest) -> Bool {
        switch request.method {
        case "POST": request.path == "/" && targets.endpoint(for: request).execution == .readingThread
        case "GET", "OPTIONS": true
        default: false
        }
    }

    /// Words an answer that the transport gives itself.
    package func reject(_ rejection: HTTPRejection, _ request: HTTPRequest) -> HTTPResponse {
        var response: HTTPResponse
        switch rejection {
        case .bodyTooLarge:
            response = ErrorEnvelope.response(CognitoError.requestTooLarge)
            response.status = 413
        case .headersTooLarge:
            response = HTTPResponse(status: 431)
        case .malformed:
            response = ErrorEnvelope.response(CognitoError.malformedRequest)
        case .overloaded:
            response = ErrorEnvelope.response(CognitoError.rateExceeded)
        case .stopping:
            response = HTTPResponse(status: 503)
        }
        CrossOrigin.addHeaders(to: &response)
        metrics.recordRejection()
        return response
    }

    private func route(
        _ request: HTTPRequest,
        _ context: RequestContext,
        trace: inout RequestTrace
    ) async throws -> HTTPResponse {
        if request.method == "OPTIONS" { return CrossOrigin.preflight(request) }
        if request.path == "/", request.method == "POST" {
            return try await targets.endpoint(for: request)
                .answer(RoutedRequest(http: request, context: context), &trace)
        }
        if let response = try await operations.respond(to: request, trace: &trace) { return response }
        if let response = try await development?.respond(to: request, trace: &trace) { return response }
        if let response = try await discovery.respond(to: request, trace: &trace) { return response }
        return .json(404, #"{"message":"Not Found"}"#)
    }
}

extension HTTPResponse {
    static func json(_ status: Int, _ text: String, cacheSeconds: Int? = nil) -> HTTPResponse {
        var headers: HTTPHeaders = ["Content-Type": "application/json"]
        headers.append("Cache-Control", cacheSeconds.map { "public, max-age=\($0)" } ?? "no-store")
        return HTTPResponse(status: status, headers: headers, body: Array(text.utf8))
    }

    /// The answer to a method that an endpoint doesn't have.
    static func methodNotAllowed(_ allowed: String) -> HTTPResponse {
        var response = HTTPResponse.json(405, #"{"message":"Method Not Allowed"}"#)
        response.headers.append("Allow", allowed)
        return response
    }
}
