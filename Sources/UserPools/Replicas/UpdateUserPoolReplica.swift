package import CognitoModel
import Domain
import Storage

/// Sets whether a replica is active. 1 write.
package enum UpdateUserPoolReplica: Operation {
    package static func run(
        _ input: UpdateUserPoolReplicaRequest,
        _ call: Call<Administrator>
    ) async throws -> UpdateUserPoolReplicaResponse {
        let pool = try await call.pool(input.userPoolId)
        guard input.regionName != pool.region else { throw ReplicaFailure.primary }
        let status = ReplicaStatusType(rawValue: input.status.rawValue)
        try await call.store.replicas.setStatus(status, in: input.regionName, of: pool.id)
        return UpdateUserPoolReplicaResponse(
            userPoolReplica: UserPoolReplicaType(status, in: input.regionName, of: pool)
        )
    }
}
