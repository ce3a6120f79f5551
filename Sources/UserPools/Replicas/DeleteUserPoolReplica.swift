package import CognitoModel
import Domain
import Storage

/// Forgets a replica that is inactive. 1 write.
package enum DeleteUserPoolReplica: Operation {
    package static func run(
        _ input: DeleteUserPoolReplicaRequest,
        _ call: Call<Administrator>
    ) async throws -> DeleteUserPoolReplicaResponse {
        let pool = try await call.pool(input.userPoolId)
        guard input.regionName != pool.region else { throw ReplicaFailure.primary }
        try await call.store.replicas.delete(in: input.regionName, of: pool.id)
        return DeleteUserPoolReplicaResponse(
            userPoolReplica: UserPoolReplicaType(.deleting, in: input.regionName, of: pool)
        )
    }
}
