package import CognitoModel
import Domain
import Storage

/// Shows the identity provider that goes by an identifier. 1 read.
package enum GetIdentityProviderByIdentifier: Operation {
    package static func run(
        _ input: GetIdentityProviderByIdentifierRequest,
        _ call: Call<Administrator>
    ) async throws -> GetIdentityProviderByIdentifierResponse {
        let pool = try await call.pool(input.userPoolId)
        let provider = try await call.store.identityProviders.get(identifier: input.idpIdentifier, poolID: pool.id)
        return GetIdentityProviderByIdentifierResponse(identityProvider: provider.wireForm)
    }
}
