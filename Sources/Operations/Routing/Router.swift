package import HTTPTransport

/// Finds what answers a request, once, in a table of routes.
package struct Router: Sendable {
    /// What answers a request.
    package struct Match: Sendable {
        /// The route's endpoint, or one that answers 404, 405 or a preflight.
        package let endpoint: Endpoint
        /// The parameters of the path.
        package let parameters: PathParameters
        /// Who may read the answer; nil for a page that may not.
        package let crossOrigin: CrossOriginPolicy?
        /// For log and metrics; nil if no route was found, or the endpoint names the request.
        package let name: String?
    }

    /// By path, those whose path is literal: a request of the API costs one look.
    private let literal: [String: [Route]]
    private let patterns: [Route]

    /// A router of those routes. Of two that take the same request the first does.
    package init(_ routes: [Route]) {
        literal = Dictionary(grouping: routes.filter(\.path.isLiteral), by: \.path.text)
        patterns = routes.filter { !$0.path.isLiteral }
    }

    /// What answers the request. Every request gets an answer.
    package func match(_ request: HTTPRequest) -> Match {
        let (routes, parameters) = candidates(for: request)
        if let first = routes.first, let refusal = first.crossOrigin.refusal(of: request) {
            return Self.forbidden(first, refusal)
        }
        let method = request.method == "HEAD" ? "GET" : request.method
        if let route = routes.first(where: { $0.method.rawValue == method }) {
            return Match(
                endpoint: route.destination.endpoint(for: request),
                parameters: parameters,
                crossOrigin: route.crossOrigin,
                name: route.name
            )
        }
        let policy = routes.first?.crossOrigin ?? .everyOrigin
        if method == "OPTIONS", policy != .noOrigin { return Self.preflight(policy) }
        guard let route = routes.first(where: { $0.otherMethods != .notFound }) else { return Self.notFound }
        let allowed = routes.map { $0.method == .get ? "GET, HEAD" : $0.method.rawValue }.joined(separator: ", ")
        return Match(
            endpoint: Endpoint(execution: .readingThread) { _, _ in
                .methodNotAllowed(allowed, hasBody: route.otherMethods == .notAllowed)
            },
            parameters: parameters,
            crossOrigin: route.crossOrigin,
            name: route.name
        )
    }

    /// How the request's route words what the transport refuses, and who may read that; nil where the API's words do.
    package func rejection(for request: HTTPRequest) -> (
        wording: Route.RejectionWording, crossOrigin: CrossOriginPolicy
    )? {
        guard let route = candidates(for: request).0.first else { return nil }
        return route.rejection.map { ($0, route.crossOrigin) }
    }

    /// What takes the body of a request that may be too large to be held; nil for one that is held whole. Only `PUT`
    /// has such routes, so that all other requests are looked for once.
    package func sink(for request: HTTPRequest) -> (any BodySink)? {
        guard request.method == Route.Method.put.rawValue else { return nil }
        let (routes, parameters) = candidates(for: request)
        guard let route = routes.first(where: { $0.method == .put }), route.crossOrigin.refusal(of: request) == nil
        else {
            return nil
        }
        return route.sink?(request, parameters)
    }

    /// The routes that the request's host and path belong to.
    private func candidates(for request: HTTPRequest) -> ([Route], PathParameters) {
        if let routes = literal[request.path]?.filter({ $0.host.matches(request) }), !routes.isEmpty {
            return (routes, .none)
        }
        for first in patterns where first.host.matches(request) {
            guard let parameters = first.path.match(request.path) else { continue }
            return (patterns.filter { $0.path.text == first.path.text && $0.host.matches(request) }, parameters)
        }
        return ([], .none)
    }

    private static func preflight(_ policy: CrossOriginPolicy) -> Match {
        Match(
            endpoint: Endpoint(execution: .readingThread) { request, _ in policy.preflight(request.http) },
            parameters: .none,
            crossOrigin: policy,
            name: nil
        )
    }

    private static func forbidden(_ route: Route, _ refusal: String) -> Match {
        Match(
            endpoint: Endpoint(execution: .readingThread) { _, _ in .json(403, #"{"message":"\#(refusal)"}"#) },
            parameters: .none,
            crossOrigin: nil,
            name: route.name
        )
    }

    private static let notFound = Match(
        endpoint: Endpoint(execution: .readingThread) { _, _ in .json(404, #"{"message":"Not Found"}"#) },
        parameters: .none,
        crossOrigin: .everyOrigin,
        name: nil
    )
}

extension Route.Destination {
    fileprivate func endpoint(for request: HTTPRequest) -> Endpoint {
        switch self {
        case .endpoint(let endpoint): endpoint
        case .chosen(let choose): choose(request)
        }
    }
}
