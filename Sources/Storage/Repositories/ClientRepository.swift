package import CognitoModel
import Cryptography
import Database
package import Domain

/// App clients. Reads go through `PoolDirectory`, which keeps what is read on every request.
package struct ClientRepository: Sendable {
    let database: any DatabaseEngine
    private let vault: Vault
    let cache: PoolCache
    private let clock: WallClock

    init(database: any DatabaseEngine, vault: Vault, cache: PoolCache, clock: WallClock) {
        self.database = database
        self.vault = vault
        self.cache = cache
        self.clock = clock
    }

    func find(_ id: String) async throws -> AppClient? {
        let row = try await database.read { connection in
            try connection.row(
                "select pool_id, sso_minutes, risk, \(ClientSecretRow.columns) from app_clients where id = \(id)"
            )
        }
        guard let row else { return nil }
        let secrets = try ClientSecretRow(row, from: 3)
        return AppClient(
            id: id,
            poolID: try row.text(0),
            configuration: secrets.configuration,
            secrets: try secrets.opened(by: vault, of: id),
            ssoMinutes: try row.intIfPresent(1),
            risk: try RiskSettings(row, 2)
        )
    }

    /// Adds a client; false where the id is taken. One write.
    package func create(_ client: AppClient) async throws -> Bool {
        let sealed = try client.secret.map { try self.sealed($0, of: client.id) }
        let createdAt = client.secrets.first?.createdAt.milliseconds
        return try await database.write { connection in
            try connection.execute(
                """
                insert into app_clients (id, pool_id, document, sealed_secret, secret_created_at)
                values (\(client.id), \(client.poolID), \(client.configuration.text), \(sealed), \(createdAt))
                on conflict do nothing
                """
            ) == 1
        }
    }

    /// Stores a client's changed configuration, with the time; returns it so. One write.
    package func update(_ client: AppClient) async throws -> AppClient {
        let client = client.modified(at: clock.now())
        defer { cache.drop(client.poolID) }
        try await database.write { connection in
            try connection.execute(
                "update app_clients set document = \(client.configuration.text) where id = \(client.id)"
            )
            try connection.notify(PoolDirectory.channel, client.poolID)
        }
        return client
    }

    /// Gives a client a second secret, and returns it as it is kept. Throws `ClientFailure` where the client has none
    /// yet, or two, or is gone. One write.
    package func addSecret(_ value: String, to client: AppClient) async throws -> ClientSecret {
        let now = clock.now()
        let sealed = try self.sealed(value, of: client.id)
        defer { cache.drop(client.poolID) }
        return try await database.write { connection in
            let row = try connection.lockedSecrets(of: client.id)
            guard row.first != nil else { throw ClientFailure.secretMissing(id: client.id) }
            guard row.second == nil else { throw ClientFailure.tooManySecrets(id: client.id, limit: ClientSecret.most) }
            // Two of the same second would have the same id.
            let createdAt = max(now, row.firstCreatedAt.adding(seconds: 1))
            try connection.execute(
                """
                update app_clients set second_sealed_secret = \(sealed),
                    second_secret_created_at = \(createdAt.milliseconds)
                where id = \(client.id)
                """
            )
            try connection.notify(PoolDirectory.channel, client.poolID)
            return ClientSecret(value, createdAt: createdAt)
        }
    }

    /// Takes one of a client's two secrets. Throws `ClientFailure` where it has no such secret, or no other. One write.
    package func deleteSecret(_ secretID: String, of client: AppClient) async throws {
        defer { cache.drop(client.poolID) }
        try await database.write { connection in
            let row = try connection.lockedSecrets(of: client.id)
            guard let index = row.ids(of: client.id).firstIndex(of: secretID) else {
                throw ClientFailure.noSuchSecret(id: client.id)
            }
            guard row.second != nil else { throw ClientFailure.lastSecret(id: client.id) }
            let kept: SQL =
                index == 0
                ? "sealed_secret = second_sealed_secret, secret_created_at = second_secret_created_at, " : ""
            try connection.execute(
                """
                update app_clients set \(kept)second_sealed_secret = null, second_secret_created_at = null
                where id = \(client.id)
                """
            )
            try connection.notify(PoolDirectory.channel, client.poolID)
        }
    }

    /// Sets for how many minutes a browser's session is used again. One write.
    package func setSSOMinutes(_ minutes: Int, of client: AppClient) async throws {
        defer { cache.drop(client.poolID) }
        try await database.write { connection in
            let set = try connection.execute(
                "update app_clients set sso_minutes = \(minutes) where id = \(client.id)"
            )
            guard set == 1 else { throw ClientFailure.notFound(id: client.id) }
            try connection.notify(PoolDirectory.channel, client.poolID)
        }
    }

    private func sealed(_ secret: String, of id: String) throws -> [UInt8] {
        try vault.seal(Array(secret.utf8), for: .clientSecret, context: id)
    }

    /// Forgets a client, with the documents that go with it. Its sessions can't be refreshed any more, as the client is
    /// gone.
    package func delete(_ client: AppClient) async throws {
        defer { cache.drop(client.poolID) }
        try await database.write { connection in
            try connection.execute("delete from app_clients where id = \(client.id)")
            try connection.execute(
                "delete from pool_documents where pool_id = \(client.poolID) and client_id = \(client.id)"
            )
            try connection.notify(PoolDirectory.channel, client.poolID)
        }
    }

    /// One page of a pool's clients, in the order of their ids.
    package func list(
        poolID: String,
        after cursor: [String]?,
        limit: Int
    ) async throws -> Page<UserPoolClientDescription> {
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select document, id from app_clients where pool_id = \(poolID) and id > \(cursor?.first ?? "")
                order by id limit \(limit + 1)
                """
            )
        }
        return try Page(rows, limit: limit, cursor: [1]) { row in
            let client = try RequestDecoder.document(UserPoolClientType.self, from: row.text(0))
            return UserPoolClientDescription(
                clientId: client.clientId,
                userPoolId: client.userPoolId,
                clientName: client.clientName
            )
        }
    }
}
