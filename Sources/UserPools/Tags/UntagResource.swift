package import CognitoModel
import Domain
import Storage

/// Takes tags away from a pool; those that it hasn't are no error. 1 write.
package enum UntagResource: Operation {
    package static func run(
        _ input: UntagResourceRequest,
        _ call: Call<Administrator>
    ) async throws -> UntagResourceResponse {
        let pool = try await Tags.pool(input.resourceArn, call)
        let keys = Set(input.tagKeys)
        try await call.store.pools.changeTags(of: pool.id) { tags in
            tags = tags.filter { !keys.contains($0.key) }
        }
        return UntagResourceResponse()
    }
}
