package import CognitoModel
import Domain
import Storage

/// Sets a pool's configuration; what is left out is kept or has its default afterwards, as in Cognito. 1 write.
package enum UpdateUserPool: Operation {
    package static func run(
        _ input: UpdateUserPoolRequest,
        _ call: Call<Administrator>
    ) async throws -> UpdateUserPoolResponse {
        let pool = try await call.pool(input.userPoolId)
        try await call.store.pools.change(pool.id) { configuration, mfa in
            configuration.name = input.poolName ?? configuration.name
            try configuration.apply(input)
            try mfa.check(with: configuration)
        }
        return UpdateUserPoolResponse()
    }
}
