import CognitoModel
import Domain
import Storage
import UserPools

extension Services {
    /// Those of the scopes that are there: the standard ones, and those that a resource server of the pool has. 1 read for each
    /// resource server that is named, of which a client's scopes name 50 at most.
    func existing(_ scopes: [String], poolID: String) async throws -> [String] {
        var known: [String: Set<String>] = [:]
        var existing: [String] = []
        for scope in scopes {
            guard !StandardScope.all.contains(scope) else {
                existing.append(scope)
                continue
            }
            guard let slash = scope.utf8.lastIndex(of: UInt8(ascii: "/")) else { continue }
            let identifier = String(scope[..<slash])
            if known[identifier] == nil {
                let server = try await store.documents.find(ResourceServerType.self, identifier, poolID: poolID)
                known[identifier] = Set(server?.scopes?.map(\.scopeName) ?? [])
            }
            if known[identifier]?.contains(String(scope[scope.utf8.index(after: slash)...])) == true {
                existing.append(scope)
            }
        }
        return existing
    }
}
