import CognitoModel
package import Database
package import Domain
import Synchronization

/// Pools, keys and clients, kept in the process: every request reads them and they change rarely.
///
/// The repositories drop what they change at once, on other nodes by notification; nothing is served for longer than
/// `lifetime` in any case, nor held for much longer, as it holds private keys.
package final class PoolDirectory: Sendable {
    /// Carries the id of a changed pool.
    static let channel = "martlet_pools"
    private static let lifetime = SigningKeySchedule.nodeMemory * 1000

    private let pools: PoolRepository
    private let clients: ClientRepository
    private let domains: DomainRepository
    private let clock: WallClock
    private let cache: PoolCache

    init(
        pools: PoolRepository,
        clients: ClientRepository,
        domains: DomainRepository,
        cache: PoolCache,
        clock: WallClock
    ) {
        self.pools = pools
        self.clients = clients
        self.domains = domains
        self.cache = cache
        self.clock = clock
    }

    /// The pool. Throws `PoolFailure` where there is none. No statement where it is kept, else one.
    package func pool(_ id: String) async throws -> PoolWithKeys {
        guard let poolWithKeys = try await findPool(id) else { throw PoolFailure.notFound(id: id) }
        return poolWithKeys
    }

    /// The pool; nil where there is none. No statement where it is kept, else one.
    package func findPool(_ id: String) async throws -> PoolWithKeys? {
        let now = clock.now()
        let (known, generation) = cache.pool(id, at: now)
        if let known { return known }
        guard let (poolWithKeys, keysChangeAt) = try await pools.find(id) else { return nil }
        let until = now.adding(milliseconds: Self.lifetime)
        cache.keep(poolWithKeys, until: keysChangeAt.map { min($0, until) } ?? until, generation)
        return poolWithKeys
    }

    /// The client and its pool. Throws `ClientFailure` where there is none.
    package func client(_ id: String) async throws -> (client: AppClient, poolWithKeys: PoolWithKeys) {
        guard let found = try await findClient(id) else { throw ClientFailure.notFound(id: id) }
        return found
    }

    /// The client and its pool; nil where there is none. No statement where both are kept, else one for each.
    package func findClient(_ id: String) async throws -> (client: AppClient, poolWithKeys: PoolWithKeys)? {
        let now = clock.now()
        var (client, generation) = cache.client(id, at: now)
        if client == nil, let found = try await clients.find(id) {
            cache.keep(found, until: now.adding(milliseconds: Self.lifetime), generation)
            client = found
        }
        guard let client, let poolWithKeys = try await findPool(client.poolID) else { return nil }
        return (client, poolWithKeys)
    }

    /// The client of that pool. Throws `PoolFailure` or `ClientFailure` where there is none.
    package func client(_ id: String, in poolID: String) async throws -> (client: AppClient, poolWithKeys: PoolWithKeys)
    {
        let poolWithKeys = try await pool(poolID)
        let found = try await client(id)
        guard found.client.poolID == poolID else { throw ClientFailure.notFound(id: id) }
        return (found.client, poolWithKeys)
    }

    /// The domain whose pages that host is for; nil where it is no pool's. No statement where it is kept, or no domain
    /// can have that name, else one for it and one for its pool.
    package func findDomain(_ host: String, hosts: LoginHosts) async throws -> PoolDomain? {
        guard hosts.canBeDomain(host) else { return nil }
        let prefix = hosts.prefix(ofHost: host)
        guard let domain = try await domain(prefix?.prefix ?? host), domain.isCustom == (prefix == nil) else {
            return nil
        }
        guard let prefix else { return domain }
        return try await findPool(domain.poolID)?.pool.region == prefix.region ? domain : nil
    }

    private func domain(_ name: String) async throws -> PoolDomain? {
        let now = clock.now()
        let (known, generation) = cache.domain(name, at: now)
        if let known { return known }
        guard let domain = try await domains.find(name) else { return nil }
        cache.keep(domain, until: now.adding(milliseconds: Self.lifetime), generation)
        return domain
    }

    /// Follows the changes that other nodes make, until the database is closed.
    package func follow(_ database: any DatabaseEngine) async {
        for await poolID in database.notifications(Self.channel) {
            if poolID.isEmpty { cache.dropAll() } else { cache.drop(poolID) }
        }
    }
}
