package import CognitoModel
import Domain

/// Shows for how long an app client uses a browser's session again. No statement where the client is kept in the
/// process.
package enum GetUserPoolClientSessionConfiguration: Operation {
    package static func run(
        _ input: GetUserPoolClientSessionConfigurationRequest,
        _ call: Call<Administrator>
    ) async throws -> GetUserPoolClientSessionConfigurationResponse {
        let found = try await call.client(input.clientId, in: input.userPoolId)
        return GetUserPoolClientSessionConfigurationResponse(
            userPoolId: found.pool.id,
            clientId: found.client.id,
            ssoSession: ClientSSOSessionConfigType(maxValidityMinutes: found.client.ssoMinutes)
        )
    }
}
