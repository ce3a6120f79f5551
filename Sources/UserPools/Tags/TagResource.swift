package import CognitoModel
import Domain
import Storage

/// Adds tags to a pool, or sets those that it has. 1 write.
package enum TagResource: Operation {
    package static func run(
        _ input: TagResourceRequest,
        _ call: Call<Administrator>
    ) async throws -> TagResourceResponse {
        let pool = try await Tags.pool(input.resourceArn, call)
        guard !input.tags.keys.contains(where: { $0.lowercased().hasPrefix("aws:") }) else {
            throw CognitoError.reservedTag
        }
        try await call.store.pools.changeTags(of: pool.id) { tags in
            tags.merge(input.tags) { _, new in new }
            guard tags.count <= Tags.limit else { throw CognitoError.tooManyTags }
        }
        return TagResourceResponse()
    }
}
