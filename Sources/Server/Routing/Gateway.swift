import CognitoModel
package import Domain
package import HTTPTransport
package import Operations

/// What every request goes through whatever its route: it gets an id and a moment, its errors are worded, and its
/// answer gets the headers that all carry, a line in the log and a place in the metrics.
package final class Gateway: Sendable {
    private let router: Router
    private let trustedProxies: TrustedProxies
    private let clock: WallClock
    private let identifiers: IdentifierGenerator
    let metrics: Metrics
    private let log: RequestLog
    private let audit: AuditLog?

    /// A gateway to what `router` finds. Its answers are counted by `metrics` and told to `log`, and to `audit` those
    /// that it is for.
    package init(
        router: Router,
        trustedProxies: TrustedProxies,
        clock: WallClock,
        identifiers: IdentifierGenerator,
        metrics: Metrics,
        log: RequestLog,
        audit: AuditLog? = nil
    ) {
        self.router = router
        self.trustedProxies = trustedProxies
        self.clock = clock
        self.identifiers = identifiers
        self.metrics = metrics
        self.log = log
        self.audit = audit
    }

    /// What answers the request, and where: the route or the operation says so.
    package func responder(for request: HTTPRequest) -> HTTPResponder {
        let match = router.match(request)
        return HTTPResponder(execution: match.endpoint.execution, isReserved: match.endpoint.isReserved) {
            await self.respond(to: request, match)
        }
    }

    /// What takes the body of the request where that may be too large to be held: the route says so.
    package func sink(for request: HTTPRequest) -> (any BodySink)? { router.sink(for: request) }

    /// Never throws: what goes wrong is an answer too.
    private func respond(to request: HTTPRequest, _ match: Router.Match) async -> HTTPResponse {
        let start = ContinuousClock.now
        let context = RequestContext(
            id: (try? identifiers.uuid()) ?? "00000000-0000-4000-8000-000000000000",
            now: clock.now(),
            peerAddress: trustedProxies.peerAddress(of: request),
            hostName: trustedProxies.hostName(of: request),
            headers: request.headers
        )
        var trace = RequestTrace()
        trace.name = match.name
        var response: HTTPResponse
        do {
            let routed = RoutedRequest(http: request, context: context, parameters: match.parameters)
            response = try await match.endpoint.answer(routed, &trace)
        } catch {
            let wireError = ErrorEnvelope.wireError(error, declared: trace.declaredErrors)
            trace.errorType = wireError.code.name
            trace.cause = wireError.cause.map { "\($0)" }
            response = ErrorEnvelope.response(wireError)
        }
        response.headers.append("x-amzn-RequestId", context.id)
        match.crossOrigin?.addHeaders(to: &response)
        let duration = start.duration(to: .now)
        metrics.record(operation: trace.name, errorType: trace.errorType, duration: duration)
        log.write(request, trace, context, status: response.status, duration: duration)
        if let audit, let call = trace.audited { audit.write(call, trace, context) }
        return response
    }

    /// Words an answer that the transport gives itself.
    package func reject(_ rejection: HTTPRejection, _ request: HTTPRequest) -> HTTPResponse {
        if let (wording, crossOrigin) = router.rejection(for: request) {
            var response = wording(rejection)
            crossOrigin.addHeaders(to: &response)
            metrics.recordRejection()
            return response
        }
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
        CrossOriginPolicy.everyOrigin.addHeaders(to: &response)
        metrics.recordRejection()
        return response
    }
}
