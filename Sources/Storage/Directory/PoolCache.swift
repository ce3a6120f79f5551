import CognitoModel
import Domain
import Synchronization

/// What `PoolDirectory` keeps. The repositories drop from it what they change.
final class PoolCache: Sendable {
    private struct Kept {
        var pools: [String: (pool: PoolWithKeys, until: Timestamp)] = [:]
        var clients: [String: (client: AppClient, until: Timestamp)] = [:]
        var domains: [String: (domain: PoolDomain, until: Timestamp)] = [:]
        /// Grows with every change, so that what was read before a change is not kept after it.
        var generation = 0
    }

    private let kept = Mutex(Kept())

    /// The pool, where it is kept, and the generation to keep one under that is read now.
    func pool(_ id: String, at now: Timestamp) -> (PoolWithKeys?, generation: Int) {
        kept.withLock { kept in
            (kept.pools[id].flatMap { now < $0.until ? $0.pool : nil }, kept.generation)
        }
    }

    /// The client, where it is kept, and the generation to keep one under that is read now.
    func client(_ id: String, at now: Timestamp) -> (AppClient?, generation: Int) {
        kept.withLock { kept in
            (kept.clients[id].flatMap { now < $0.until ? $0.client : nil }, kept.generation)
        }
    }

    /// The domain of that name, where it is kept, and the generation to keep one under that is read now.
    func domain(_ name: String, at now: Timestamp) -> (PoolDomain?, generation: Int) {
        kept.withLock { kept in
            (kept.domains[name].flatMap { now < $0.until ? $0.domain : nil }, kept.generation)
        }
    }

    func keep(_ domain: PoolDomain, until: Timestamp, _ generation: Int) {
        kept.withLock { kept in if kept.generation == generation { kept.domains[domain.name] = (domain, until) } }
    }

    func keep(_ pool: PoolWithKeys, until: Timestamp, _ generation: Int) {
        kept.withLock { kept in if kept.generation == generation { kept.pools[pool.pool.id] = (pool, until) } }
    }

    func keep(_ client: AppClient, until: Timestamp, _ generation: Int) {
        kept.withLock { kept in if kept.generation == generation { kept.clients[client.id] = (client, until) } }
    }

    /// Drops a pool and its clients: they were changed.
    func drop(_ poolID: String) {
        kept.withLock { kept in
            kept.pools[poolID] = nil
            kept.clients = kept.clients.filter { $0.value.client.poolID != poolID }
            kept.domains = kept.domains.filter { $0.value.domain.poolID != poolID }
            kept.generation += 1
        }
    }

    func dropAll() {
        kept.withLock { $0 = Kept(generation: $0.generation + 1) }
    }

    /// Forgets what hasn't been served for a while. What is in use is read anew when it has run out, so what has run
    /// out isn't in use.
    func forgetExpired(at now: Timestamp) {
        kept.withLock { kept in
            kept.pools = kept.pools.filter { now < $0.value.until }
            kept.clients = kept.clients.filter { now < $0.value.until }
            kept.domains = kept.domains.filter { now < $0.value.until }
        }
    }
}
