package import CognitoModel
import Domain
import Storage

/// Lists the pools of the caller's account and region, in the order of their ids. 1 read.
package enum ListUserPools: Operation {
    package static func run(
        _ input: ListUserPoolsRequest,
        _ call: Call<Administrator>
    ) async throws -> ListUserPoolsResponse {
        let listing = "ListUserPools \(call.caller.accountID) \(call.caller.region)"
        let after = try PaginationToken.open(input.nextToken, of: listing, count: 1, vault: call.store.vault)
        let page = try await call.store.pools.list(
            region: call.caller.region,
            accountID: call.caller.accountID,
            after: after?[0],
            limit: max(input.maxResults, 1)
        )
        return ListUserPoolsResponse(
            userPools: page.pools.map { pool in
                UserPoolDescriptionType(
                    id: pool.id,
                    name: pool.name,
                    lambdaConfig: pool.lambdaConfig,
                    lastModifiedDate: pool.lastModifiedDate,
                    creationDate: pool.creationDate
                )
            },
            nextToken: try page.next.map {
                try PaginationToken(listing: listing, values: [$0]).sealed(by: call.store.vault)
            }
        )
    }
}
