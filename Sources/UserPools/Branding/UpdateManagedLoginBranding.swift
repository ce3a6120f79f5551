package import CognitoModel
import Domain
import Storage

/// Adds settings and images to a style of managed login, or gives it Cognito's own values again. 1 write.
package enum UpdateManagedLoginBranding: Operation {
    package static func run(
        _ input: UpdateManagedLoginBrandingRequest,
        _ call: Call<Administrator>
    ) async throws -> UpdateManagedLoginBrandingResponse {
        // The model requires neither, though there is nothing to update without them.
        guard let poolID = input.userPoolId else { throw CognitoError.missingMember("userPoolId") }
        guard let id = input.managedLoginBrandingId else { throw CognitoError.missingMember("managedLoginBrandingId") }
        let pool = try await call.pool(poolID)
        let now = call.now
        let style = try await call.store.documents.update(
            ManagedLoginBrandingType.self,
            id,
            poolID: pool.id
        ) { style in
            try style.apply(
                usesOwnValues: input.useCognitoProvidedValues,
                settings: input.settings,
                assets: input.assets
            )
            style.lastModifiedDate = now
        }
        guard let style else { throw CognitoError.noStyle(id) }
        return UpdateManagedLoginBrandingResponse(managedLoginBranding: style)
    }
}
