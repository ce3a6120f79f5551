package import CognitoModel
import Domain
import Storage

/// Sets the risk configuration of a pool, or of one of its clients. With nothing but the ids it is reset: a pool's to
/// nothing, a client's to the pool's. 1 write.
package enum SetRiskConfiguration: Operation {
    package static func run(
        _ input: SetRiskConfigurationRequest,
        _ call: Call<Administrator>
    ) async throws -> SetRiskConfigurationResponse {
        let pool = try await call.protectedPool(input.userPoolId)
        let client = try await input.clientId.asyncMap { try await call.client($0, in: pool.id).client }
        let configuration = try RiskConfigurationType(
            userPoolId: pool.id,
            clientId: client?.id,
            compromisedCredentialsRiskConfiguration: input.compromisedCredentialsRiskConfiguration,
            accountTakeoverRiskConfiguration: input.accountTakeoverRiskConfiguration,
            riskExceptionConfiguration: input.riskExceptionConfiguration,
            lastModifiedDate: call.now
        ).checked()
        let kept = configuration.isEmpty ? nil : configuration
        if let client {
            try await call.store.clients.setRisk(kept, of: client)
        } else {
            try await call.store.pools.setRisk(kept, of: pool.id)
        }
        return SetRiskConfigurationResponse(riskConfiguration: configuration)
    }
}

extension Optional where Wrapped == String {
    fileprivate func asyncMap<Result>(_ transform: (String) async throws -> Result) async rethrows -> Result? {
        if let self { try await transform(self) } else { nil }
    }
}
