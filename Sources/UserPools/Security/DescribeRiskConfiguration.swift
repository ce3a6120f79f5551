package import CognitoModel
import Domain
import Storage

/// Shows the risk configuration of a pool, or of one of its clients; one that isn't set has nothing but its place. No
/// statement where the pool is kept.
package enum DescribeRiskConfiguration: Operation {
    package static func run(
        _ input: DescribeRiskConfigurationRequest,
        _ call: Call<Administrator>
    ) async throws -> DescribeRiskConfigurationResponse {
        let pool = try await call.protectedPool(input.userPoolId)
        let settings: RiskSettings?
        if let clientID = input.clientId {
            settings = try await call.client(clientID, in: pool.id).client.risk
        } else {
            settings = try await call.store.directory.pool(pool.id).risk
        }
        let unset = RiskConfigurationType(userPoolId: pool.id, clientId: input.clientId)
        return DescribeRiskConfigurationResponse(riskConfiguration: settings?.configuration ?? unset)
    }
}
