package import CognitoModel
import Domain
import Storage

/// Gives a client a style of managed login. 1 write.
package enum CreateManagedLoginBranding: Operation {
    package static func run(
        _ input: CreateManagedLoginBrandingRequest,
        _ call: Call<Administrator>
    ) async throws -> CreateManagedLoginBrandingResponse {
        let client = try await call.client(input.clientId, in: input.userPoolId).client
        let id = try call.identifiers.uuid()
        var style = ManagedLoginBrandingType(managedLoginBrandingId: id, userPoolId: client.poolID)
        style.creationDate = call.now
        style.lastModifiedDate = call.now
        try style.apply(
            usesOwnValues: input.useCognitoProvidedValues,
            settings: input.settings,
            assets: input.assets
        )
        do {
            let key = DocumentKey(id, alternative: client.id, clientID: client.id)
            try await call.store.documents.create(style, key, poolID: client.poolID)
        } catch DocumentFailure.exists {
            throw CognitoError.styleExists(client.id)
        } catch DocumentFailure.tooMany {
            throw CognitoError.tooManyStyles
        }
        return CreateManagedLoginBrandingResponse(managedLoginBranding: style)
    }
}
