package import CognitoModel
import Cryptography
import Database
package import Domain

/// App clients. Reads go through `PoolDirectory`, which keeps what is read on every request.
package struct ClientRepository: Sendable {
    private let database: any DatabaseEngine
    private let vault: Vault
    private let cache: PoolCache
    private let clock: WallClock

    init(database: any DatabaseEngine, vault: Vault, cache: PoolCache, clock: WallClock) {
        self.database = database
        self.vault = vault
        self.cache = cache
        self.clock = clock
    }

    func find(_ id: String) async throws -> AppClient? {
        let row = try await database.read { connection in
            try connection.row("select pool_id, document, sealed_secret from app_clients where id = \(id)")
        }
        guard let row else { return nil }
        var secret: String?
        if let sealed = try row.bytesIfPresent(2) {
            guard let opened = try vault.open(sealed, for: .clientSecret, context: id) else {
                throw SealedValueUnreadable(what: "secret of client \(id)")
            }
            secret = String(decoding: opened, as: UTF8.self)
        }
        return AppClient(
            id: id,
            poolID: try row.text(0),
            configuration: try RequestDecoder.document(UserPoolClientType.self, from: row.text(1)),
            secret: secret
        )
    }

    /// Adds a client; false where the id is taken. One write.
    package func create(_ client: AppClient) async throws -> Bool {
        let sealed = try client.secret.map {
            try vault.seal(Array($0.utf8), for: .clientSecret, context: client.id)
        }
        return try await database.write { connection in
            try connection.execute(
                """
                insert into app_clients (id, pool_id, document, sealed_secret)
                values (\(client.id), \(client.poolID), \(client.configuration.text), \(sealed))
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

    /// Forgets a client, with the documents that go with it. Its sessions can't be refreshed any more, as the client is gone.
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
