package import CognitoModel
import Domain
import Storage

/// Adds custom attributes to a pool's schema. 1 write.
package enum AddCustomAttributes: Operation {
    package static func run(
        _ input: AddCustomAttributesRequest,
        _ call: Call<Administrator>
    ) async throws -> AddCustomAttributesResponse {
        let pool = try await call.pool(input.userPoolId)
        try await call.store.pools.change(pool.id) { configuration, _ in
            configuration.schemaAttributes = try AttributeSchema.adding(
                input.customAttributes,
                to: configuration.schemaAttributes ?? []
            )
        }
        return AddCustomAttributesResponse()
    }
}
