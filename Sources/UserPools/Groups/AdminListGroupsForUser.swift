package import CognitoModel
import Domain
import Storage

/// Lists a user's groups, in the order of their names. 2 reads.
package enum AdminListGroupsForUser: Operation {
    package static func run(
        _ input: AdminListGroupsForUserRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminListGroupsForUserResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        let place = "\(pool.id) \(user.sub)"
        let listing = Listing("AdminListGroupsForUser", of: place, orderedBy: 1, vault: call.store.vault)
        let page = try await call.store.groups.list(
            of: user.sub,
            poolID: pool.id,
            after: listing.cursor(input.nextToken),
            limit: listing.limit(input.limit)
        )
        return AdminListGroupsForUserResponse(
            groups: page.elements.map(\.wireForm),
            nextToken: try listing.token(for: page.next)
        )
    }
}
