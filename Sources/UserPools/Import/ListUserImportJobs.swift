package import CognitoModel
import Domain
import Storage

/// Lists a pool's jobs, the newest first. 1 read.
package enum ListUserImportJobs: Operation {
    /// The model's list of jobs holds no more.
    private static let longestPage = 50

    package static func run(
        _ input: ListUserImportJobsRequest,
        _ call: Call<Administrator>
    ) async throws -> ListUserImportJobsResponse {
        let pool = try await call.pool(input.userPoolId)
        let listing = Listing("ListUserImportJobs", of: pool.id, orderedBy: 2, vault: call.store.vault)
        let page = try await call.store.imports.list(
            poolID: pool.id,
            after: listing.cursor(input.paginationToken),
            limit: min(input.maxResults, longestPage)
        )
        return ListUserImportJobsResponse(
            userImportJobs: try page.elements.map { try call.wireForm(of: $0, in: pool) },
            paginationToken: try listing.token(for: page.next)
        )
    }
}
