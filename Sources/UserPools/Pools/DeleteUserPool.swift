package import CognitoModel
import Domain
import Storage

/// Deletes a pool and all that belongs to it. 1 write.
package enum DeleteUserPool: Operation {
    package static func run(_ input: DeleteUserPoolRequest, _ call: Call<Administrator>) async throws -> NoOutput {
        let pool = try await call.pool(input.userPoolId)
        guard pool.configuration.deletionProtection != .active else {
            throw CognitoError.deletionProtected
        }
        try await call.store.pools.delete(pool.id)
        return NoOutput()
    }
}
