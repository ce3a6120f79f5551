import CognitoModel
import HTTPTransport

/// The operations by the value of `X-Amz-Target` that names them.
package struct OperationTargets: Sendable {
    private let endpoints: [String: Endpoint]
    private let prefixes: [String]

    /// All operations of the services' models. One that isn't built answers that it isn't.
    package init(_ services: [ServedService], pipeline: Pipeline) {
        var endpoints: [String: Endpoint] = [:]
        for service in services {
            for model in service.model.operations {
                let target = Pipeline.Target(model: model, signingName: service.model.signingName)
                endpoints["\(service.model.targetPrefix).\(model.name)"] =
                    service.operations[model.name].map { operation in
                        Endpoint(execution: operation.execution, answer: operation.handler(pipeline, target))
                    } ?? Self.unbuilt(model)
            }
        }
        self.endpoints = endpoints
        prefixes = services.map { "\($0.model.targetPrefix)." }
    }

    /// The route of the API. Where a request of it runs is for the operation to say that it names.
    package var routes: [Route] {
        [
            Route(
                .post,
                host: .any,
                path: "/",
                crossOrigin: .everyOrigin,
                otherMethods: .notFound,
                choose: endpoint(for:)
            )
        ]
    }

    /// What answers the request: the operation it names, or that there is none.
    private func endpoint(for request: HTTPRequest) -> Endpoint {
        guard let name = request.headers["X-Amz-Target"] else { return Self.unknown("") }
        if let endpoint = endpoints[name] { return endpoint }
        let prefix = prefixes.first { name.hasPrefix($0) } ?? ""
        return Self.unknown(String(name.dropFirst(prefix.count)))
    }

    private static func unbuilt(_ model: OperationModel) -> Endpoint {
        Endpoint(execution: .readingThread) { _, trace in
            trace.name = model.name
            throw CognitoError.notBuilt(model.name)
        }
    }

    private static func unknown(_ name: String) -> Endpoint {
        Endpoint(execution: .readingThread) { _, _ in throw CognitoError.unknownOperation(name) }
    }
}
