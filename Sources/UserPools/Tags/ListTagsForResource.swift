package import CognitoModel
import Domain

/// Lists a pool's tags. No statement where the pool is kept.
package enum ListTagsForResource: Operation {
    package static func run(
        _ input: ListTagsForResourceRequest,
        _ call: Call<Administrator>
    ) async throws -> ListTagsForResourceResponse {
        let pool = try await Tags.pool(input.resourceArn, call)
        return ListTagsForResourceResponse(tags: pool.configuration.userPoolTags ?? [:])
    }
}
