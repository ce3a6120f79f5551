package import CognitoModel
import Domain
import Storage

/// Sets a pool's configuration; what is left out has its default afterwards. 1 write.
package enum UpdateUserPool: Operation {
    package static func run(
        _ input: UpdateUserPoolRequest,
        _ call: Call<Administrator>
    ) async throws -> UpdateUserPoolResponse {
        let pool = try await call.pool(input.userPoolId)
        var configuration = pool.configuration
        configuration.name = input.poolName ?? configuration.name
        configuration.lastModifiedDate = call.now
        try configuration.apply(input)
        let updated = UserPool(
            id: pool.id,
            region: pool.region,
            accountID: pool.accountID,
            configuration: configuration
        )
        try await call.store.pools.update(updated)
        call.store.directory.drop(pool.id)
        return UpdateUserPoolResponse()
    }
}
