package import CognitoModel
import Domain
import Storage

/// Takes down that a pool has a replica in another region, inactive. Nothing is copied: see docs/THREAT-PROTECTION.md.
/// 1 write.
package enum CreateUserPoolReplica: Operation {
    /// As many secondary pools as Cognito lets a pool have.
    static let limit = 1

    package static func run(
        _ input: CreateUserPoolReplicaRequest,
        _ call: Call<Administrator>
    ) async throws -> CreateUserPoolReplicaResponse {
        let pool = try await call.pool(input.userPoolId)
        let region = input.regionName
        guard region.wholeMatch(of: /[a-z]{2}(-[a-z]+)+-[0-9]/) != nil else {
            throw ReplicaFailure.invalidRegion(region)
        }
        guard region != pool.region else { throw ReplicaFailure.primary }
        guard pool.configuration.userPoolTier != .lite else { throw ReplicaFailure.unavailableInTier }
        let tags = input.userPoolTags ?? [:]
        guard tags.count <= Tags.limit else { throw CognitoError.tooManyReplicaTags(limit: Tags.limit) }
        try await call.store.replicas.create(in: region, of: pool.id, tags: tags, limit: limit)
        return CreateUserPoolReplicaResponse(
            userPoolReplica: UserPoolReplicaType(.inactive, in: region, of: pool)
        )
    }
}
