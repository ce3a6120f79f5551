package import CognitoModel
import Domain
import Storage

/// Lists a user's history, the newest first. 2 reads.
package enum AdminListUserAuthEvents: Operation {
    package static func run(
        _ input: AdminListUserAuthEventsRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminListUserAuthEventsResponse {
        let pool = try await call.protectedPool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        let listing = Listing(
            "AdminListUserAuthEvents",
            of: "\(pool.id) \(user.sub)",
            orderedBy: 1,
            vault: call.store.vault
        )
        let limit = input.maxResults ?? 0
        let page = try await call.store.authEvents.list(
            of: user.sub,
            poolID: pool.id,
            after: listing.cursor(input.nextToken),
            limit: limit == 0 ? 60 : limit
        )
        return AdminListUserAuthEventsResponse(
            authEvents: page.elements,
            nextToken: try listing.token(for: page.next)
        )
    }
}
