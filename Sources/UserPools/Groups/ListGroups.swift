package import CognitoModel
import Domain
import Storage

/// Lists a pool's groups, in the order of their names. 1 read.
package enum ListGroups: Operation {
    package static func run(_ input: ListGroupsRequest, _ call: Call<Administrator>) async throws -> ListGroupsResponse
    {
        let pool = try await call.pool(input.userPoolId)
        let listing = Listing("ListGroups", of: pool.id, orderedBy: 1, vault: call.store.vault)
        let page = try await call.store.groups.list(
            poolID: pool.id,
            after: listing.cursor(input.nextToken),
            limit: listing.limit(input.limit)
        )
        return ListGroupsResponse(groups: page.elements.map(\.wireForm), nextToken: try listing.token(for: page.next))
    }
}
