package import CognitoModel
import Domain
import Storage

/// Shows what a client's classic pages look like: its own branding, else all clients', else nothing. 2 to 3 reads.
package enum GetUICustomization: Operation {
    package static func run(
        _ input: GetUICustomizationRequest,
        _ call: Call<Administrator>
    ) async throws -> GetUICustomizationResponse {
        let pool = try await call.poolWithDomain(input.userPoolId)
        let ids = [try await call.brandedClient(input.clientId, in: pool), UICustomization.everyClient]
        for id in ids {
            if let found = try await call.store.documents.find(UICustomization.self, id, poolID: pool.id) {
                let shown = found.wireForm(poolID: pool.id, issuer: call.issuer.url(of: pool))
                return GetUICustomizationResponse(uiCustomization: shown)
            }
        }
        return GetUICustomizationResponse(uiCustomization: UICustomizationType())
    }
}

extension ServiceCall where Service == Services, Caller == Administrator {
    /// The pool. Throws `DomainFailure.missing` where it has no domain, and so no pages.
    func poolWithDomain(_ id: String) async throws -> UserPool {
        let pool = try await pool(id)
        guard try await !service.store.domains.domains(of: pool.id).isEmpty else { throw DomainFailure.missing }
        return pool
    }

    /// The client whose pages are meant: all of them where none is named.
    func brandedClient(_ id: String?, in pool: UserPool) async throws -> String {
        guard let id, id != UICustomization.everyClient else { return UICustomization.everyClient }
        return try await client(id, in: pool.id).client.id
    }
}
