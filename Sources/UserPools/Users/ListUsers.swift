package import CognitoModel
import Domain
import Storage

/// Lists users, all or those that match a filter. 1 read, whose cost doesn't depend on how many users there are.
package enum ListUsers: Operation {
    package static func run(_ input: ListUsersRequest, _ call: Call<Administrator>) async throws -> ListUsersResponse {
        let pool = try await call.pool(input.userPoolId)
        let filter = try UserFilter(input.filter ?? "")
        let listing = "ListUsers \(pool.id) \(input.filter ?? "")"
        let after = try PaginationToken.open(input.paginationToken, of: listing, count: 2, vault: call.store.vault)
        let limit = input.limit ?? 0
        let page = try await call.store.users.list(
            in: pool,
            filter: filter,
            after: after.map { UserRepository.Cursor(value: $0[0], sub: $0[1]) },
            limit: limit == 0 ? 60 : limit
        )
        return ListUsersResponse(
            users: page.users.map { $0.wireForm(attributes: input.attributesToGet) },
            paginationToken: try page.next.map {
                try PaginationToken(listing: listing, values: [$0.value, $0.sub]).sealed(by: call.store.vault)
            }
        )
    }
}
