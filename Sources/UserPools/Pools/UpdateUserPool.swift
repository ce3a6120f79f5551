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
        var configuration = pool.configuration
        configuration.name = input.poolName ?? configuration.name
        try configuration.apply(input)
        try pool.mfa.check(with: configuration)
        try await call.store.pools.update(
            UserPool(id: pool.id, region: pool.region, accountID: pool.accountID, configuration: configuration)
        )
        return UpdateUserPoolResponse()
    }
}
