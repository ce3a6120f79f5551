package import CognitoModel
import Domain
import Storage

/// Lists the pools of the caller's account and region, in the order of their ids. 1 read.
package enum ListUserPools: Operation {
    package static func run(
        _ input: ListUserPoolsRequest,
        _ call: Call<Administrator>
    ) async throws -> ListUserPoolsResponse {
        let place = "\(call.caller.accountID) \(call.caller.region)"
        let listing = Listing("ListUserPools", of: place, orderedBy: 1, vault: call.store.vault)
        let page = try await call.store.pools.list(
            region: call.caller.region,
            accountID: call.caller.accountID,
            after: listing.cursor(input.nextToken),
            limit: max(input.maxResults, 1)
        )
        return ListUserPoolsResponse(
            userPools: page.elements.map { pool in
                UserPoolDescriptionType(
                    id: pool.id,
                    name: pool.name,
                    lambdaConfig: pool.lambdaConfig,
                    lastModifiedDate: pool.lastModifiedDate,
                    creationDate: pool.creationDate
                )
            },
            nextToken: try listing.token(for: page.next)
        )
    }
}
