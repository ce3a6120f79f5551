package import CognitoModel
import Domain
import Storage

/// Lists a pool's identity providers, in the order of their names. 1 read.
package enum ListIdentityProviders: Operation {
    package static func run(
        _ input: ListIdentityProvidersRequest,
        _ call: Call<Administrator>
    ) async throws -> ListIdentityProvidersResponse {
        let pool = try await call.pool(input.userPoolId)
        let listing = Listing("ListIdentityProviders", of: pool.id, orderedBy: 1, vault: call.store.vault)
        let page = try await call.store.identityProviders.list(
            poolID: pool.id,
            after: listing.cursor(input.nextToken),
            limit: listing.limit(input.maxResults)
        )
        return ListIdentityProvidersResponse(providers: page.elements, nextToken: try listing.token(for: page.next))
    }
}
