package import CognitoModel
import Domain
import Storage

/// Sets whether a pool tracks sessions, and how many a user may have. 1 write.
package enum SetUserPoolSessionConfiguration: Operation {
    package static func run(
        _ input: SetUserPoolSessionConfigurationRequest,
        _ call: Call<Administrator>
    ) async throws -> SetUserPoolSessionConfigurationResponse {
        let pool = try await call.pool(input.userPoolId)
        guard pool.configuration.userPoolTier != .lite else { throw SessionFailure.settingsUnavailableInTier }
        let settings = SessionSettings(
            isTracked: input.userSessionTracking == .enabled,
            mostPerUser: input.tokenSession.maxPerUser
        )
        try await call.store.pools.set(settings, of: pool.id)
        return SetUserPoolSessionConfigurationResponse(
            userPoolId: pool.id,
            userSessionTracking: input.userSessionTracking,
            tokenSession: input.tokenSession
        )
    }
}
