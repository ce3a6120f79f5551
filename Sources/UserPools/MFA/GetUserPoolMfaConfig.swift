package import CognitoModel
import Domain
import Storage

/// Shows a pool's second factors, and its passkeys' configuration. No read beyond the pool's.
package enum GetUserPoolMfaConfig: Operation {
    package static func run(
        _ input: GetUserPoolMfaConfigRequest,
        _ call: Call<Administrator>
    ) async throws -> GetUserPoolMfaConfigResponse {
        GetUserPoolMfaConfigResponse(try await call.pool(input.userPoolId))
    }
}
