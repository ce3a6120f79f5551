package import CognitoModel
import Domain
import Storage

/// Sets a pool's second factors, and its passkeys' configuration. Factors that are left out are turned off, unless none
/// is named. 1 write, 1 read.
package enum SetUserPoolMfaConfig: Operation {
    package static func run(
        _ input: SetUserPoolMfaConfigRequest,
        _ call: Call<Administrator>
    ) async throws -> SetUserPoolMfaConfigResponse {
        let pool = try await call.pool(input.userPoolId)
        try await call.store.pools.change(pool.id, whileImporting: true) { configuration, settings in
            try configuration.apply(input, to: &settings)
        }
        return SetUserPoolMfaConfigResponse(try await call.pool(input.userPoolId))
    }
}
