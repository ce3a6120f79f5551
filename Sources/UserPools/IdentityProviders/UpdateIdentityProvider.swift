package import CognitoModel
import Domain
import Storage

/// Sets what it names of an identity provider, details as a whole; what is left out stays. 1 write.
package enum UpdateIdentityProvider: Operation {
    package static func run(
        _ input: UpdateIdentityProviderRequest,
        _ call: Call<Administrator>
    ) async throws -> UpdateIdentityProviderResponse {
        let pool = try await call.pool(input.userPoolId)
        guard input.providerName.lowercased() != "cognito" else { throw IdentityProviderFailure.unsupported }
        let settings = IdentityProvider.Settings(
            details: input.providerDetails,
            attributeMapping: input.attributeMapping,
            identifiers: input.idpIdentifiers,
            acrMapping: input.acrMapping
        )
        let now = call.now
        let provider = try await call.store.identityProviders.update(input.providerName, poolID: pool.id) { provider in
            try provider.apply(settings, in: pool)
            provider.setModified(at: now)
        }
        return UpdateIdentityProviderResponse(identityProvider: provider.wireForm)
    }
}
