import CognitoModel
import Domain
import HTTPTransport
package import UserPools

/// What every request of the JSON 1.1 APIs goes through, once: target → signature → decode and constraints → caller →
/// run → answer. Headers, error envelope, log line and metrics are added around it by `Gateway`.
package struct Pipeline: Sendable {
    private struct Service {
        let model: ServiceModel
        let operations: [String: AnyOperation]
        let models: [String: OperationModel]
    }

    private let services: Services
    private let signatures: any SignatureCheck
    private let byPrefix: [String: Service]

    package init(services: Services, signatures: any SignatureCheck) {
        self.services = services
        self.signatures = signatures
        let tables = [(ServiceModel.userPools, OperationTable.userPools), (ServiceModel.identityPools, [])]
        byPrefix = Dictionary(
            uniqueKeysWithValues: tables.map { model, operations in
                let service = Service(
                    model: model,
                    operations: Dictionary(uniqueKeysWithValues: operations.map { ($0.name, $0) }),
                    models: Dictionary(uniqueKeysWithValues: model.operations.map { ($0.name, $0) })
                )
                return (model.targetPrefix, service)
            }
        )
    }

    /// Answers a request. `trace` learns the operation's name as soon as it is known.
    func answer(_ request: HTTPRequest, id: String, trace: inout RequestTrace) async throws -> [UInt8] {
        let (service, name) = try target(of: request)
        guard let model = service.models[name] else { throw CognitoError.unknownOperation(name) }
        trace.operation = name
        guard let operation = service.operations[name] else { throw CognitoError.notBuilt(name) }
        trace.declaredErrors = model.errors
        // The signature comes before the body is read: who may not call learns nothing of the model.
        let administrator =
            model.isUnsigned
            ? nil : try await signatures.administrator(of: request, signingName: service.model.signingName)
        let call = CallRequest(services: services, id: id, administrator: administrator, concern: Concern())
        defer { trace.pool = call.concern.poolID }
        return try await operation.answer(request.body, call)
    }

    /// Whether the operation says of itself that it is quick.
    func isQuick(_ request: HTTPRequest) -> Bool {
        guard let (service, name) = try? target(of: request) else { return true }
        return service.operations[name]?.isQuick ?? true
    }

    private func target(of request: HTTPRequest) throws -> (Service, String) {
        guard let target = request.headers["X-Amz-Target"] else { throw CognitoError.unknownOperation("") }
        let parts = target.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let service = byPrefix[String(parts[0])] else {
            throw CognitoError.unknownOperation(target)
        }
        return (service, String(parts[1]))
    }
}

extension CognitoError {
    static func unknownOperation(_ name: String) -> CognitoError {
        CognitoError(.unknownOperation, name.isEmpty ? "X-Amz-Target is missing." : "Unknown operation \(name).")
    }

    static func notBuilt(_ name: String) -> CognitoError {
        CognitoError(.unknownOperation, "Martlet doesn't support \(name) yet.")
    }
}
