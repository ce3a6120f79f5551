package import CognitoModel
import Domain
package import Operations
import Storage

/// Lists the signed-in user's passkeys, in the order of their ids. 2 reads.
package enum ListWebAuthnCredentials: Operation {
    package static func authenticate(
        _ input: ListWebAuthnCredentialsRequest,
        _ request: RequestContext,
        _ services: Services
    ) async throws -> TokenHolder {
        try await TokenHolder.knowing(input.accessToken, services: services, now: request.now)
    }

    package static func run(
        _ input: ListWebAuthnCredentialsRequest,
        _ call: Call<TokenHolder>
    ) async throws -> ListWebAuthnCredentialsResponse {
        let (user, pool) = (call.caller.user, call.caller.pool)
        let listing = Listing(
            "ListWebAuthnCredentials",
            of: "\(pool.id) \(user.sub)",
            orderedBy: 1,
            vault: call.store.vault
        )
        let page = try await call.store.passkeys.list(
            of: user.sub,
            poolID: pool.id,
            after: listing.cursor(input.nextToken),
            limit: listing.limit(input.maxResults)
        )
        return ListWebAuthnCredentialsResponse(
            credentials: page.elements.map(\.wireForm),
            nextToken: try listing.token(for: page.next)
        )
    }
}
