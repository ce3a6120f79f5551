package import CognitoModel
import Domain
import Storage

/// Lists a group's users. 1 read, whose cost doesn't depend on how many there are.
package enum ListUsersInGroup: Operation {
    package static func run(
        _ input: ListUsersInGroupRequest,
        _ call: Call<Administrator>
    ) async throws -> ListUsersInGroupResponse {
        let pool = try await call.pool(input.userPoolId)
        let place = "\(pool.id) \(input.groupName)"
        let listing = Listing("ListUsersInGroup", of: place, orderedBy: 1, vault: call.store.vault)
        let page = try await call.store.groups.users(
            in: input.groupName,
            of: pool,
            after: listing.cursor(input.nextToken),
            limit: listing.limit(input.limit)
        )
        return ListUsersInGroupResponse(
            users: page.elements.map { $0.wireForm() },
            nextToken: try listing.token(for: page.next)
        )
    }
}
