import CognitoModel
package import Domain
package import Storage
import Synchronization

/// Which scopes a pool has.
///
/// Those of a resource server are kept with the pool that `PoolDirectory` keeps, which is another object once anything
/// that belongs to it has changed.
package final class ResourceServerScopes: Sendable {
    /// The most resource servers that are kept.
    private static let most = 1024

    private struct Key: Hashable {
        let poolID: String
        let identifier: String
    }

    private let store: Store
    private let kept = Mutex<[Key: (pool: UserPool, scopes: Set<String>)]>([:])

    package init(store: Store) { self.store = store }

    /// Those of the scopes that are there: the standard ones, and those that a resource server of the pool has. No
    /// statement where these are kept, else 1 read for each resource server that is named, of which a client's scopes
    /// name 50 at most.
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
                known[identifier] = try await self.scopes(of: identifier, in: pool)
            }
            if known[identifier]?.contains(String(scope[scope.utf8.index(after: slash)...])) == true {
                existing.append(scope)
            }
        }
        return existing
    }

    /// The names of a resource server's scopes; none where it isn't there, of which nothing is kept, as anybody can
    /// name such.
    private func scopes(of identifier: String, in pool: UserPool) async throws -> Set<String> {
        let key = Key(poolID: pool.id, identifier: identifier)
        if let known = kept.withLock({ $0[key] }), known.pool === pool { return known.scopes }
        let server = try await store.documents.find(ResourceServerType.self, identifier, poolID: pool.id)
        guard let server else { return [] }
        let scopes = Set(server.scopes?.map(\.scopeName) ?? [])
        kept.withLock { kept in
            if kept[key] == nil, kept.count >= Self.most { kept = [:] }
            kept[key] = (pool, scopes)
        }
        return scopes
    }
}
