package import CognitoModel
import Domain
import Storage

/// Says where a pool's logs go. It is kept and shown, and says what is
/// delivered; where to is the operator's, as Amazon's services aren't there. 1 write.
package enum SetLogDeliveryConfiguration: Operation {
    package static func run(
        _ input: SetLogDeliveryConfigurationRequest,
        _ call: Call<Administrator>
    ) async throws -> SetLogDeliveryConfigurationResponse {
        let pool = try await call.pool(input.userPoolId)
        let configuration = LogDeliveryConfigurationType(
            userPoolId: pool.id,
            logConfigurations: input.logConfigurations
        )
        try configuration.check(for: pool)
        try await call.store.pools.setLogDelivery(configuration, of: pool.id)
        return SetLogDeliveryConfigurationResponse(logDeliveryConfiguration: configuration)
    }
}
