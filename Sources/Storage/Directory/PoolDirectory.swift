import CognitoModel
package import Database
package import Domain
import Synchronization

/// Pools, keys and clients, kept in the process: every request reads them and they change rarely.
///
/// A write here drops what it changed at once; a write on another node does so by notification, and nothing is kept
/// longer than `lifetime` in any case.
package final class PoolDirectory: Sendable {
    /// Carries the id of a changed pool.
    static let channel = "martlet_pools"
    private static let lifetime: Int64 = 30_000

    /// A pool with its signing keys.
    package struct Entry: Sendable {
        package let pool: UserPool
        package let keys: TokenKeys
    }

    private struct Kept {
        var pools: [String: (entry: Entry, until: Timestamp)] = [:]
        var clients: [String: (client: AppClient, until: Timestamp)] = [:]
        /// Grows with every change, so that what was read before a change is not kept after it.
        var generation = 0
    }

    private let pools: PoolRepository
    private let clients: ClientRepository
    private let clock: WallClock
    private let kept = Mutex(Kept())

    package init(pools: PoolRepository, clients: ClientRepository, clock: WallClock) {
        self.pools = pools
        self.clients = clients
        self.clock = clock
    }

    /// The pool. Throws `ResourceNotFoundException` where there is none. No statement where it is kept, else one.
    package func pool(_ id: String) async throws -> Entry {
        guard let entry = try await findPool(id) else { throw CognitoError.poolDoesNotExist(id) }
        return entry
    }

    /// The pool; nil where there is none. No statement where it is kept, else one.
    package func findPool(_ id: String) async throws -> Entry? {
        let now = clock.now()
        let generation: Int
        switch kept.withLock({ kept in (kept.pools[id], kept.generation) }) {
        case (let found?, _) where now < found.until: return found.entry
        case (_, let current): generation = current
        }
        guard let (pool, keys) = try await pools.find(id) else { return nil }
        let entry = Entry(pool: pool, keys: keys)
        keep(generation) { $0.pools[id] = (entry, now.adding(milliseconds: Self.lifetime)) }
        return entry
    }

    /// The client and its pool. Throws `ResourceNotFoundException` where there is none.
    package func client(_ id: String) async throws -> (client: AppClient, entry: Entry) {
        guard let found = try await findClient(id) else { throw CognitoError.clientDoesNotExist(id) }
        return found
    }

    /// The client and its pool; nil where there is none. No statement where both are kept, else one for each.
    package func findClient(_ id: String) async throws -> (client: AppClient, entry: Entry)? {
        let now = clock.now()
        let (kept, generation) = kept.withLock { kept in (kept.clients[id], kept.generation) }
        var client = kept.flatMap { now < $0.until ? $0.client : nil }
        if client == nil, let found = try await clients.find(id) {
            keep(generation) { $0.clients[id] = (found, now.adding(milliseconds: Self.lifetime)) }
            client = found
        }
        guard let client, let entry = try await findPool(client.poolID) else { return nil }
        return (client, entry)
    }

    /// The client of that pool. Throws `ResourceNotFoundException` where there is none in it.
    package func client(_ id: String, in poolID: String) async throws -> (client: AppClient, entry: Entry) {
        let entry = try await pool(poolID)
        let found = try await client(id)
        guard found.client.poolID == poolID else { throw CognitoError.clientDoesNotExist(id) }
        return (found.client, entry)
    }

    /// Drops a pool and its clients: they were changed.
    package func drop(_ poolID: String) {
        kept.withLock { kept in
            kept.pools[poolID] = nil
            kept.clients = kept.clients.filter { $0.value.client.poolID != poolID }
            kept.generation += 1
        }
    }

    /// Drops everything.
    package func dropAll() {
        kept.withLock { $0 = Kept(generation: $0.generation + 1) }
    }

    /// Follows the changes that other nodes make, until the database is closed.
    package func follow(_ database: any DatabaseEngine) async {
        for await poolID in database.notifications(Self.channel) {
            if poolID.isEmpty { dropAll() } else { drop(poolID) }
        }
    }

    private func keep(_ generation: Int, _ change: (inout Kept) -> Void) {
        kept.withLock { kept in if kept.generation == generation { change(&kept) } }
    }
}
