package import CognitoModel
import Domain
import Storage

/// Lists a pool's app clients, in the order of their ids. 1 read.
package enum ListUserPoolClients: Operation {
    package static func run(
        _ input: ListUserPoolClientsRequest,
        _ call: Call<Administrator>
    ) async throws -> ListUserPoolClientsResponse {
        let pool = try await call.pool(input.userPoolId)
        let listing = Listing("ListUserPoolClients", of: pool.id, orderedBy: 1, vault: call.store.vault)
        let page = try await call.store.clients.list(
            poolID: pool.id,
            after: listing.cursor(input.nextToken),
            limit: max(input.maxResults ?? 60, 1)
        )
        return ListUserPoolClientsResponse(
            userPoolClients: page.elements,
            nextToken: try listing.token(for: page.next)
        )
    }
}
