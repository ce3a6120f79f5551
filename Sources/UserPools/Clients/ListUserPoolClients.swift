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
        let listing = "ListUserPoolClients \(pool.id)"
        let after = try PaginationToken.open(input.nextToken, of: listing, count: 1, vault: call.store.vault)
        let page = try await call.store.clients.list(
            poolID: pool.id,
            after: after?[0],
            limit: max(input.maxResults ?? 60, 1)
        )
        return ListUserPoolClientsResponse(
            userPoolClients: page.clients,
            nextToken: try page.next.map {
                try PaginationToken(listing: listing, values: [$0]).sealed(by: call.store.vault)
            }
        )
    }
}
