package import CognitoModel
import Domain
import Storage

/// Adds an identity provider. Nothing is fetched from it: what Cognito takes from a metadata URL or by discovery is
/// missing unless it is given. 1 write; one RSA key and certificate for SAML.
package enum CreateIdentityProvider: Operation {
    package static func run(
        _ input: CreateIdentityProviderRequest,
        _ call: Call<Administrator>
    ) async throws -> CreateIdentityProviderResponse {
        let pool = try await call.pool(input.userPoolId)
        try IdentityProvider.check(name: input.providerName, of: input.providerType)
        let description = IdentityProviderType(
            userPoolId: pool.id,
            providerName: input.providerName,
            providerType: input.providerType,
            lastModifiedDate: call.now,
            creationDate: call.now
        )
        var provider = IdentityProvider(description: description, secrets: [:])
        try provider.apply(
            IdentityProvider.Settings(
                details: input.providerDetails,
                attributeMapping: input.attributeMapping,
                identifiers: input.idpIdentifiers,
                acrMapping: input.acrMapping
            ),
            in: pool
        )
        var key: SAMLKey?
        if input.providerType == .saml {
            let made = try await call.samlKey(for: pool)
            provider.setEncryptionCertificate(made.certificate)
            key = made
        }
        try await call.store.identityProviders.create(provider, key: key, poolID: pool.id)
        return CreateIdentityProviderResponse(identityProvider: provider.wireForm)
    }
}
