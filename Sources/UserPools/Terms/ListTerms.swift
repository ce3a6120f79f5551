package import CognitoModel
import Domain
import Storage

/// Lists a pool's terms documents, in the order of their ids. 1 read.
package enum ListTerms: Operation {
    package static func run(_ input: ListTermsRequest, _ call: Call<Administrator>) async throws -> ListTermsResponse {
        let pool = try await call.pool(input.userPoolId)
        let listing = Listing("ListTerms", of: pool.id, orderedBy: 1, vault: call.store.vault)
        let page = try await call.store.documents.list(
            TermsType.self,
            poolID: pool.id,
            after: listing.cursor(input.nextToken),
            limit: listing.limit(input.maxResults)
        )
        return ListTermsResponse(terms: page.elements.map(\.summary), nextToken: try listing.token(for: page.next))
    }
}
