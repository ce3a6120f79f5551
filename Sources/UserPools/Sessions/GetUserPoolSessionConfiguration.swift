package import CognitoModel
import Domain

/// Shows how a pool's sessions are looked after. No statement where the pool is kept in the process.
package enum GetUserPoolSessionConfiguration: Operation {
    package static func run(
        _ input: GetUserPoolSessionConfigurationRequest,
        _ call: Call<Administrator>
    ) async throws -> GetUserPoolSessionConfigurationResponse {
        let pool = try await call.pool(input.userPoolId)
        return GetUserPoolSessionConfigurationResponse(
            userPoolId: pool.id,
            userSessionTracking: pool.sessions.isTracked ? .enabled : .disabled,
            tokenSession: UserPoolTokenSessionConfigType(maxPerUser: pool.sessions.mostPerUser)
        )
    }
}
