package import CognitoModel
import Database
import Domain

/// The replicas that pools are said to have in other regions.
package struct ReplicaRepository: Sendable {
    private let database: any DatabaseEngine

    init(database: any DatabaseEngine) { self.database = database }

    /// A replica, as it is kept.
    package struct Replica: Sendable, Hashable {
        package let region: String
        package let status: ReplicaStatusType
    }

    /// Adds a replica, inactive. Throws `ReplicaFailure` where the region has one, or the pool as many as it may. One
    /// transaction.
    package func create(in region: String, of poolID: String, tags: [String: String], limit: Int) async throws {
        try await database.write { connection in
            // Whoever adds one to the same pool waits here.
            try connection.execute("update user_pools set region = region where id = \(poolID)")
            let count = try connection.row("select count(*) from user_pool_replicas where pool_id = \(poolID)")?.int(0)
            let inserted = try connection.execute(
                """
                insert into user_pool_replicas (pool_id, region, status, tags)
                values (\(poolID), \(region), \(ReplicaStatusType.inactive.rawValue), \(tags.text)) on conflict do nothing
                """
            )
            guard inserted == 1 else { throw ReplicaFailure.exists(region: region) }
            guard (count ?? 0) < limit else { throw ReplicaFailure.tooMany(limit: limit) }
        }
    }

    /// The pool's replicas, in the order of their regions. One read.
    package func list(of poolID: String, after cursor: [String]?, limit: Int) async throws -> Page<Replica> {
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select status, region from user_pool_replicas
                where pool_id = \(poolID) and region > \(cursor?.first ?? "") order by region limit \(limit + 1)
                """
            )
        }
        return try Page(rows, limit: limit, cursor: [1]) { row in
            Replica(region: try row.text(1), status: ReplicaStatusType(rawValue: try row.text(0)))
        }
    }

    /// Sets whether a replica is active. Throws `ReplicaFailure.notFound` where there is none. One write.
    package func setStatus(_ status: ReplicaStatusType, in region: String, of poolID: String) async throws {
        let changed = try await database.write { connection in
            try connection.execute(
                """
                update user_pool_replicas set status = \(status.rawValue)
                where pool_id = \(poolID) and region = \(region)
                """
            )
        }
        guard changed == 1 else { throw ReplicaFailure.notFound(region: region) }
    }

    /// Forgets a replica that is inactive. Throws `ReplicaFailure`. One transaction.
    package func delete(in region: String, of poolID: String) async throws {
        try await database.write { connection in
            let deleted = try connection.execute(
                """
                delete from user_pool_replicas where pool_id = \(poolID) and region = \(region)
                    and status = \(ReplicaStatusType.inactive.rawValue)
                """
            )
            if deleted == 1 { return }
            let row = try connection.row(
                "select 1 from user_pool_replicas where pool_id = \(poolID) and region = \(region)"
            )
            throw row == nil ? ReplicaFailure.notFound(region: region) : ReplicaFailure.active(region: region)
        }
    }

    /// The tags of a replica; nil where there is none. One read.
    package func tags(in region: String, of poolID: String) async throws -> [String: String]? {
        let row = try await database.read { connection in
            try connection.row(
                "select tags from user_pool_replicas where pool_id = \(poolID) and region = \(region)"
            )
        }
        return try row.map { try RequestDecoder.document([String: String].self, from: $0.text(0)) }
    }
}
