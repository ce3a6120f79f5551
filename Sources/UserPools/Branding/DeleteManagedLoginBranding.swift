package import CognitoModel
import Domain
import Storage

/// Deletes a style of managed login. 1 write.
package enum DeleteManagedLoginBranding: Operation {
    package static func run(
        _ input: DeleteManagedLoginBrandingRequest,
        _ call: Call<Administrator>
    ) async throws -> NoOutput {
        let pool = try await call.pool(input.userPoolId)
        let (documents, id) = (call.store.documents, input.managedLoginBrandingId)
        guard try await documents.delete(ManagedLoginBrandingType.self, id, poolID: pool.id) else {
            throw CognitoError.noStyle(id)
        }
        return NoOutput()
    }
}
