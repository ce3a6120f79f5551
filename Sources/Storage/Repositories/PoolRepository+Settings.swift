package import CognitoModel
import Database
package import Domain

extension RiskSettings {
    /// Reads the document in that column; nil where there is none.
    convenience init?(_ row: Row, _ column: Int) throws {
        guard let document = try row.textIfPresent(column) else { return nil }
        self.init(try RequestDecoder.document(RiskConfigurationType.self, from: document))
    }
}

extension PoolRepository {
    /// Stores a pool's risk configuration; nil resets it. One write.
    package func setRisk(_ configuration: RiskConfigurationType?, of poolID: String) async throws {
        defer { cache.drop(poolID) }
        try await database.write { connection in
            try connection.execute("update user_pools set risk = \(configuration?.text) where id = \(poolID)")
            try connection.notify(PoolDirectory.channel, poolID)
        }
    }

    /// Stores where a pool's logs go. One write.
    package func setLogDelivery(_ configuration: LogDeliveryConfigurationType, of poolID: String) async throws {
        try await database.write { connection in
            try connection.execute("update user_pools set log_delivery = \(configuration.text) where id = \(poolID)")
        }
    }

    /// Where a pool's logs go; nil where nobody said. One read.
    package func logDelivery(of poolID: String) async throws -> LogDeliveryConfigurationType? {
        let row = try await database.read { connection in
            try connection.row("select log_delivery from user_pools where id = \(poolID)")
        }
        return try row?.textIfPresent(0).map { text in
            try RequestDecoder.document(LogDeliveryConfigurationType.self, from: text)
        }
    }

    /// Changes a pool's tags, whoever else changes the pool meanwhile; the change may be run again. One write.
    package func changeTags(
        of poolID: String,
        _ change: @escaping @Sendable (inout [String: String]) throws -> Void
    ) async throws {
        defer { cache.drop(poolID) }
        try await database.write { connection in
            var isChanged = false
            while !isChanged {
                guard let row = try connection.row("select document from user_pools where id = \(poolID)") else {
                    throw PoolFailure.notFound(id: poolID)
                }
                let old = try row.text(0)
                var configuration = try RequestDecoder.document(UserPoolType.self, from: old)
                var tags = configuration.userPoolTags ?? [:]
                try change(&tags)
                configuration.userPoolTags = tags
                isChanged =
                    try connection.execute(
                        """
                        update user_pools set document = \(configuration.text)
                        where id = \(poolID) and document = \(old)
                        """
                    ) == 1
            }
            try connection.notify(PoolDirectory.channel, poolID)
        }
    }
}

extension ClientRepository {
    /// Stores a client's risk configuration; nil resets it to the pool's. One write.
    package func setRisk(_ configuration: RiskConfigurationType?, of client: AppClient) async throws {
        defer { cache.drop(client.poolID) }
        try await database.write { connection in
            try connection.execute("update app_clients set risk = \(configuration?.text) where id = \(client.id)")
            try connection.notify(PoolDirectory.channel, client.poolID)
        }
    }
}
