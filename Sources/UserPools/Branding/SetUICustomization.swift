package import CognitoModel
import Domain
import Storage

/// Sets what a client's classic pages look like, or all clients'; what is left out is gone afterwards. 1 read, 1 write.
package enum SetUICustomization: Operation {
    package static func run(
        _ input: SetUICustomizationRequest,
        _ call: Call<Administrator>
    ) async throws -> SetUICustomizationResponse {
        let pool = try await call.poolWithDomain(input.userPoolId)
        let id = try await call.brandedClient(input.clientId, in: pool)
        let now = call.now
        let made = UICustomization(
            clientID: id,
            css: input.css.flatMap { $0.isEmpty ? nil : $0 },
            image: input.imageFile.flatMap { $0.data.isEmpty ? nil : $0 },
            createdAt: now,
            modifiedAt: now
        )
        try made.check()
        let key = DocumentKey(id, clientID: id == UICustomization.everyClient ? nil : id)
        let stored = try await call.store.documents.replace(UICustomization.self, key, poolID: pool.id) { existing in
            guard made.css != nil || made.image != nil else { return nil }
            return UICustomization(
                clientID: id,
                css: made.css,
                image: made.image,
                createdAt: existing?.createdAt ?? now,
                modifiedAt: now
            )
        }
        let shown = (stored ?? made).wireForm(poolID: pool.id, issuer: call.issuer.url(of: pool))
        return SetUICustomizationResponse(uiCustomization: shown)
    }
}
