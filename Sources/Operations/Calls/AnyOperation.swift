package import CognitoModel
package import HTTPTransport

/// An operation of a service behind its name: one line of a feature's table.
package struct AnyOperation<Service: Sendable>: Sendable {
    /// As AWS names it.
    package let name: String
    /// Where it runs.
    package let execution: Execution
    /// Makes what answers the requests of one service. Made once, so that a request goes through no further closure.
    let handler: @Sendable (Pipeline, Pipeline.Target, Service) -> RequestHandler

    /// The entry of an operation.
    package init<Called: ServiceOperation>(_ operation: Called.Type) where Called.Service == Service {
        // `String(describing:)` first looks whether the type describes itself, in all conformances of the program: 75
        // µs for each of 141 operations at the start.
        name = _typeName(operation, qualified: false)
        execution = operation.execution
        handler = { pipeline, target, service in
            { request, trace in
                try await pipeline.answer(request, target, by: Called.self, of: service, trace: &trace)
            }
        }
    }
}

/// A service with the operations that are built, ready to serve.
package struct ServedService: Sendable {
    let model: ServiceModel
    /// By name. Each with where it runs, and what makes its handler.
    let operations: [String: Operation]

    struct Operation: Sendable {
        let execution: Execution
        let handler: @Sendable (Pipeline, Pipeline.Target) -> RequestHandler
    }

    /// `operations` acting through `service`. Those of the model that aren't among them answer that they aren't built.
    package init<Service>(_ model: ServiceModel, _ operations: [AnyOperation<Service>], service: Service) {
        self.model = model
        let built = operations.map { operation in
            let served = Operation(execution: operation.execution) { pipeline, target in
                operation.handler(pipeline, target, service)
            }
            return (operation.name, served)
        }
        self.operations = Dictionary(built) { first, _ in first }
    }

    /// A service of which nothing is built yet.
    package init(unbuilt model: ServiceModel) {
        self.model = model
        operations = [:]
    }
}
