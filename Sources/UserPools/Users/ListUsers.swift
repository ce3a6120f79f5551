package import CognitoModel
import Domain
import Storage

/// Lists users, all or those that match a filter. 1 read, whose cost doesn't depend on how many users there are.
package enum ListUsers: Operation {
    package static func run(_ input: ListUsersRequest, _ call: Call<Administrator>) async throws -> ListUsersResponse {
        let pool = try await call.pool(input.userPoolId)
        let filter = try UserFilter(input.filter ?? "")
        let place = "\(pool.id) \(input.filter ?? "")"
        let listing = Listing("ListUsers", of: place, orderedBy: 2, vault: call.store.vault)
        let limit = input.limit ?? 0
        let page = try await call.store.users.list(
            in: pool,
            filter: filter,
            after: listing.cursor(input.paginationToken),
            limit: limit == 0 ? 60 : limit
        )
        return ListUsersResponse(
            users: page.elements.map { $0.wireForm(attributes: input.attributesToGet) },
            paginationToken: try listing.token(for: page.next)
        )
    }
}
