package import CognitoModel
import Domain
import Storage

/// Sets for how long an app client uses a browser's session again, in a pool that tracks sessions. 1 write.
package enum SetUserPoolClientSessionConfiguration: Operation {
    package static func run(
        _ input: SetUserPoolClientSessionConfigurationRequest,
        _ call: Call<Administrator>
    ) async throws -> SetUserPoolClientSessionConfigurationResponse {
        let found = try await call.client(input.clientId, in: input.userPoolId)
        guard found.pool.configuration.userPoolTier != .lite else { throw SessionFailure.settingsUnavailableInTier }
        guard found.pool.sessions.isTracked else { throw SessionFailure.notTracked }
        try await call.store.clients.setSSOMinutes(input.ssoSession.maxValidityMinutes, of: found.client)
        return SetUserPoolClientSessionConfigurationResponse(
            userPoolId: found.pool.id,
            clientId: found.client.id,
            ssoSession: input.ssoSession
        )
    }
}
