package import CognitoModel

/// What a client's settings name of the pool: scopes of resource servers, and identity providers.
package struct ClientReferences: Sendable {
    private static let standardScopes = Set(StandardScope.all)

    /// Those that need a resource server.
    package let scopes: [String]
    /// Those beside the pool itself.
    package let providers: [String]

    /// What the settings name. Where clients can register themselves the scope for that is there without a resource
    /// server.
    package init(_ settings: some AppClientSettings, in pool: UserPool) {
        let canRegister = RegistrationPolicy(pool) != nil
        scopes = (settings.allowedOAuthScopes ?? []).filter { scope in
            !Self.standardScopes.contains(scope) && !(canRegister && scope == RegistrationPolicy.scope)
        }
        providers = (settings.supportedIdentityProviders ?? []).filter { $0 != "COGNITO" }
    }

    /// Throws `ClientSettingsFailure` for a scope that none of the servers has.
    package func check(scopesOf servers: [ResourceServerType]) throws {
        let known = Set(servers.flatMap(\.scopeNames))
        if let unknown = scopes.first(where: { !known.contains($0) }) {
            throw ClientSettingsFailure.unknownScope(unknown)
        }
    }

    /// Throws `ClientSettingsFailure` for a provider that isn't among those.
    package func check(providers known: [String], poolID: String) throws {
        if let unknown = providers.first(where: { !known.contains($0) }) {
            throw ClientSettingsFailure.unknownProvider(unknown, poolID: poolID)
        }
    }
}
