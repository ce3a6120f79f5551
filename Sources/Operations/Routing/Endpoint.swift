package import HTTPTransport

/// A request that found its route.
package struct RoutedRequest: Sendable {
    /// The request as it came.
    package let http: HTTPRequest
    /// What is known of it beside.
    package let context: RequestContext

    /// What the path holds in the place of the route's parameters.
    package let parameters: PathParameters

    /// A request with its context and the parameters of its path.
    package init(http: HTTPRequest, context: RequestContext, parameters: PathParameters) {
        self.http = http
        self.parameters = parameters
        self.context = context
    }
}

/// Answers a request, and tells the trace what the log may know. Throws what `ErrorEnvelope` words.
package typealias RequestHandler = @Sendable (RoutedRequest, inout RequestTrace) async throws -> HTTPResponse

/// What answers a request, and where.
package struct Endpoint: Sendable {
    /// Where the handler runs.
    package let execution: Execution
    /// Whether it answers however busy the server is.
    package let isReserved: Bool
    /// The handler.
    package let answer: RequestHandler

    /// A handler that runs there.
    package init(execution: Execution, isReserved: Bool = false, answer: @escaping RequestHandler) {
        self.execution = execution
        self.isReserved = isReserved
        self.answer = answer
    }
}
