package import CognitoModel
import Domain
import Storage

/// Deletes a resource server. Clients keep the scopes that they have. 1 write.
package enum DeleteResourceServer: Operation {
    package static func run(
        _ input: DeleteResourceServerRequest,
        _ call: Call<Administrator>
    ) async throws -> NoOutput {
        let pool = try await call.pool(input.userPoolId)
        let documents = call.store.documents
        guard try await documents.delete(ResourceServerType.self, input.identifier, poolID: pool.id) else {
            throw CognitoError.noResourceServer(input.identifier)
        }
        return NoOutput()
    }
}
