import CognitoModel
import Domain
import Storage

extension Services {
    /// Throws `ClientSettingsFailure` where the settings name a scope or a provider that the pool doesn't have. 1 read
    /// for each of the two kinds that they name.
    func checkReferences(of settings: some AppClientSettings, in pool: UserPool) async throws {
        let references = ClientReferences(settings, in: pool)
        if !references.scopes.isEmpty {
            let servers = try await store.documents.list(
                ResourceServerType.self,
                poolID: pool.id,
                limit: ResourceServerType.most
            )
            try references.check(scopesOf: servers.elements)
        }
        if !references.providers.isEmpty {
            let known = try await store.identityProviders.existing(among: references.providers, poolID: pool.id)
            try references.check(providers: known, poolID: pool.id)
        }
    }
}
