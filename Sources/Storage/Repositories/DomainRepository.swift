import CognitoModel
import Database
package import Domain

/// The domains of pools. A name is one pool's, and a pool has one prefix and one custom domain at most.
package struct DomainRepository: Sendable {
    fileprivate static let custom = "custom"

    /// What a `select` from `user_pools` lists to read the names of a pool's domains, its own before the prefix.
    static let names: SQL = """
        (select id from pool_domains where pool_id = user_pools.id and kind = \(custom)), \
        (select id from pool_domains where pool_id = user_pools.id and kind = 'prefix')
        """

    private let database: any DatabaseEngine
    private let cache: PoolCache

    init(database: any DatabaseEngine, cache: PoolCache) {
        self.database = database
        self.cache = cache
    }

    /// Adds a domain. Throws `DomainFailure.takenByAnotherPool` and `.poolHasDomain`, and `PoolFailure.notFound` where
    /// the pool is gone. One transaction.
    package func create(_ domain: PoolDomain) async throws {
        defer { cache.drop(domain.poolID) }
        try await database.write { connection in
            try connection.lockPool(domain.poolID)
            let inserted = try connection.execute(
                """
                insert into pool_domains (id, pool_id, kind, document)
                values (\(domain.name), \(domain.poolID), \(domain.isCustom ? Self.custom : "prefix"), \(domain.description.text))
                on conflict do nothing
                """
            )
            guard inserted == 0 else { return try connection.notify(PoolDirectory.channel, domain.poolID) }
            let owner = try connection.row("select pool_id from pool_domains where id = \(domain.name)")?.text(0)
            throw owner == nil || owner == domain.poolID ? DomainFailure.poolHasDomain : .takenByAnotherPool
        }
    }

    /// The domain of that name. One read of one statement.
    package func find(_ name: String) async throws -> PoolDomain? {
        try await database.read { try $0.domains("id = \(name)").first }
    }

    /// A pool's domains: none, one, or a prefix and a custom one. One read of one statement.
    package func domains(of poolID: String) async throws -> [PoolDomain] {
        try await database.read { try $0.domains("pool_id = \(poolID)") }
    }

    /// Changes a pool's domain and returns it as it is then. Throws `DomainFailure.notFound`, and what the change
    /// throws. One transaction.
    package func update(
        _ name: String,
        of poolID: String,
        change: @escaping @Sendable (inout PoolDomain) throws -> Void
    ) async throws -> PoolDomain {
        defer { cache.drop(poolID) }
        return try await database.write { connection in
            try connection.lockPool(poolID)
            guard var domain = try connection.domains("id = \(name) and pool_id = \(poolID)").first else {
                throw DomainFailure.notFound
            }
            try change(&domain)
            try connection.execute("update pool_domains set document = \(domain.description.text) where id = \(name)")
            try connection.notify(PoolDirectory.channel, poolID)
            return domain
        }
    }

    /// Forgets a pool's domain. Throws `DomainFailure.notFound`. One write.
    package func delete(_ name: String, of poolID: String) async throws {
        defer { cache.drop(poolID) }
        let deleted = try await database.write { connection in
            let deleted = try connection.execute(
                "delete from pool_domains where id = \(name) and pool_id = \(poolID)"
            )
            try connection.notify(PoolDirectory.channel, poolID)
            return deleted
        }
        guard deleted == 1 else { throw DomainFailure.notFound }
    }
}

extension Connection {
    fileprivate func domains(_ condition: SQL) throws -> [PoolDomain] {
        try rows("select id, pool_id, kind, document from pool_domains where \(condition)").map { row in
            PoolDomain(
                name: try row.text(0),
                poolID: try row.text(1),
                isCustom: try row.text(2) == DomainRepository.custom,
                description: try RequestDecoder.document(DomainDescriptionType.self, from: row.text(3))
            )
        }
    }
}
