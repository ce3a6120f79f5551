package import CognitoModel
import Domain
import Storage

/// Shows where a pool's logs go: nowhere, unless it was said. 1 read.
package enum GetLogDeliveryConfiguration: Operation {
    package static func run(
        _ input: GetLogDeliveryConfigurationRequest,
        _ call: Call<Administrator>
    ) async throws -> GetLogDeliveryConfigurationResponse {
        let pool = try await call.pool(input.userPoolId)
        let kept = try await call.store.pools.logDelivery(of: pool.id)
        return GetLogDeliveryConfigurationResponse(
            logDeliveryConfiguration: kept ?? LogDeliveryConfigurationType(userPoolId: pool.id, logConfigurations: [])
        )
    }
}
