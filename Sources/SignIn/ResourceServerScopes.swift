import CognitoModel
package import Domain
package import Storage

/// Which scopes a pool has.
package struct ResourceServerScopes: Sendable {
    private let store: Store

    package init(store: Store) { self.store = store }

    /// Those of the scopes that are there: the standard ones, and those that a resource server of the pool has. 1 read
    /// for each resource server that is named, of which a client's scopes name 50 at most.
    package func existing(_ scopes: [String], in pool: UserPool) async throws -> [String] {
        var known: [String: Set<String>] = [:]
        var existing: [String] = []
        for scope in scopes {
            if StandardScope.all.contains(scope) || scope == RegistrationPolicy.scope && RegistrationPolicy(pool) != nil
            {
                existing.append(scope)
                continue
            }
            guard let slash = scope.utf8.lastIndex(of: UInt8(ascii: "/")) else { continue }
            let identifier = String(scope[..<slash])
            if known[identifier] == nil {
                let server = try await store.documents.find(ResourceServerType.self, identifier, poolID: pool.id)
                known[identifier] = Set(server?.scopes?.map(\.scopeName) ?? [])
            }
            if known[identifier]?.contains(String(scope[scope.utf8.index(after: slash)...])) == true {
                existing.append(scope)
            }
        }
        return existing
    }
}
