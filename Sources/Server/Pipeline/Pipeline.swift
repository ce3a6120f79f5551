import CognitoModel
import Domain
import HTTPTransport
package import UserPools

/// What every request of the JSON 1.1 APIs goes through, once: target → signature → decode and constraints → caller →
/// run → answer. Headers, error envelope, log line and metrics are added around it by `Gateway`.
package struct Pipeline: Sendable {
    /// What a value of `X-Amz-Target` names.
    private struct Target {
        let model: OperationModel
        let signingName: String
        /// Nil where it isn't built.
        let operation: AnyOperation?
    }

    private let services: Services
    private let signatures: any SignatureCheck
    private let targets: [String: Target]
    private let prefixes: [String]

    package init(services: Services, signatures: any SignatureCheck) {
        self.services = services
        self.signatures = signatures
        let tables = [(ServiceModel.userPools, OperationTable.userPools), (ServiceModel.identityPools, [])]
        var targets: [String: Target] = [:]
        for (service, operations) in tables {
            let built = Dictionary(uniqueKeysWithValues: operations.map { ($0.name, $0) })
            for model in service.operations {
                targets["\(service.targetPrefix).\(model.name)"] = Target(
                    model: model,
                    signingName: service.signingName,
                    operation: built[model.name]
                )
            }
        }
        self.targets = targets
        prefixes = tables.map { "\($0.0.targetPrefix)." }
    }

    /// Answers a request. `trace` learns the operation's name as soon as it is known.
    func answer(_ request: HTTPRequest, id: String, trace: inout RequestTrace) async throws -> [UInt8] {
        let target = try target(of: request)
        trace.operation = target.model.name
        guard let operation = target.operation else { throw CognitoError.notBuilt(target.model.name) }
        trace.declaredErrors = target.model.errors
        // The signature comes before the body is read: who may not call learns nothing of the model.
        let administrator =
            target.model.isUnsigned
            ? nil : try await signatures.administrator(of: request, signingName: target.signingName)
        let call = CallRequest(services: services, id: id, administrator: administrator, concern: Concern())
        defer { trace.pool = call.concern.poolID }
        return try await operation.answer(request.body, call)
    }

    /// Whether the operation says of itself that it is quick.
    func isQuick(_ request: HTTPRequest) -> Bool {
        (try? target(of: request))?.operation?.isQuick ?? true
    }

    private func target(of request: HTTPRequest) throws -> Target {
        guard let name = request.headers["X-Amz-Target"] else { throw CognitoError.unknownOperation("") }
        if let target = targets[name] { return target }
        let prefix = prefixes.first { name.hasPrefix($0) } ?? ""
        throw CognitoError.unknownOperation(String(name.dropFirst(prefix.count)))
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
