package import CognitoModel
import Domain
import Storage

/// Lists a pool and its replicas, the pool first. 1 read.
package enum ListUserPoolReplicas: Operation {
    private static let pageSize = 60

    package static func run(
        _ input: ListUserPoolReplicasRequest,
        _ call: Call<Administrator>
    ) async throws -> ListUserPoolReplicasResponse {
        let pool = try await call.pool(input.userPoolId)
        let listing = Listing("ListUserPoolReplicas", of: pool.id, orderedBy: 1, vault: call.store.vault)
        let cursor = try listing.cursor(input.nextToken)
        let page = try await call.store.replicas.list(of: pool.id, after: cursor, limit: pageSize)
        let replicas = page.elements.map { UserPoolReplicaType($0.status, in: $0.region, of: pool) }
        return ListUserPoolReplicasResponse(
            userPoolReplicas: (cursor == nil ? [UserPoolReplicaType(primary: pool)] : []) + replicas,
            nextToken: try listing.token(for: page.next)
        )
    }
}
