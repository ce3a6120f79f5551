package import CognitoModel
import Domain
import Storage

/// Deletes an identity provider. Clients go on naming it, and users go on being linked. 1 write.
package enum DeleteIdentityProvider: Operation {
    package static func run(
        _ input: DeleteIdentityProviderRequest,
        _ call: Call<Administrator>
    ) async throws -> NoOutput {
        let pool = try await call.pool(input.userPoolId)
        guard input.providerName.lowercased() != "cognito" else { throw IdentityProviderFailure.unsupported }
        try await call.store.identityProviders.delete(input.providerName, poolID: pool.id)
        return NoOutput()
    }
}
