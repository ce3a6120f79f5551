package import CognitoModel
import Domain
import Storage

/// Lists a pool's resource servers, in the order of their identifiers. 1 read.
package enum ListResourceServers: Operation {
    package static func run(
        _ input: ListResourceServersRequest,
        _ call: Call<Administrator>
    ) async throws -> ListResourceServersResponse {
        let pool = try await call.pool(input.userPoolId)
        let listing = Listing("ListResourceServers", of: pool.id, orderedBy: 1, vault: call.store.vault)
        let page = try await call.store.documents.list(
            ResourceServerType.self,
            poolID: pool.id,
            after: listing.cursor(input.nextToken),
            limit: input.maxResults ?? 50
        )
        return ListResourceServersResponse(
            resourceServers: page.elements,
            nextToken: try listing.token(for: page.next)
        )
    }
}
