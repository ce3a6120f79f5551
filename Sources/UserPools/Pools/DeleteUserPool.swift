package import CognitoModel
import Domain
import Storage

/// Deletes a pool and all that belongs to it, unless it has a domain. 1 read, 1 write.
package enum DeleteUserPool: Operation {
    package static func run(_ input: DeleteUserPoolRequest, _ call: Call<Administrator>) async throws -> NoOutput {
        let pool = try await call.pool(input.userPoolId)
        guard pool.configuration.deletionProtection != .active else {
            throw CognitoError.deletionProtected
        }
        guard try await call.store.domains.domains(of: pool.id).isEmpty else { throw DomainFailure.inTheWay }
        try await call.store.pools.delete(pool.id)
        return NoOutput()
    }
}
