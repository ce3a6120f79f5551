package import CognitoModel
import Cryptography
import Database
package import Domain
import JOSE

/// Pools and their signing keys. Reads go through `PoolDirectory`, which keeps what is read on every request.
package struct PoolRepository: Sendable {
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

    func find(_ id: String) async throws -> (pool: UserPool, keys: TokenKeys)? {
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select user_pools.region, user_pools.account_id, user_pools.document, signing_keys.token_use,
                    signing_keys.id, signing_keys.sealed_key
                from user_pools join signing_keys on signing_keys.pool_id = user_pools.id
                where user_pools.id = \(id) order by signing_keys.created_at
                """
            )
        }
        guard let first = rows.first else { return nil }
        var keys: [String: SigningKey] = [:]
        for row in rows {
            let keyID = try row.text(4)
            guard let opened = try vault.open(try row.bytes(5), for: .signingKey, context: "\(id)/\(keyID)") else {
                throw SealedValueUnreadable(what: "signing key \(keyID) of \(id)")
            }
            keys[try row.text(3)] = try SigningKey(id: keyID, privateKey: RSAPrivateKey(pkcs8: opened))
        }
        guard let idKey = keys["id"], let accessKey = keys["access"] else {
            throw SealedValueUnreadable(what: "pair of signing keys of \(id)")
        }
        let pool = UserPool(
            id: id,
            region: try first.text(0),
            accountID: try first.text(1),
            configuration: try RequestDecoder.document(UserPoolType.self, from: first.text(2))
        )
        return (pool, TokenKeys(id: idKey, access: accessKey))
    }

    /// Adds a pool with its keys; false where the id is taken. One transaction.
    package func create(_ pool: UserPool, keys: TokenKeys, now: Timestamp) async throws -> Bool {
        let sealed = try [("id", keys.id), ("access", keys.access)].map { use, key in
            let context = "\(pool.id)/\(key.id)"
            return (use, key.id, try vault.seal(try key.privateKey.pkcs8, for: .signingKey, context: context))
        }
        return try await database.write { connection in
            let inserted = try connection.execute(
                """
                insert into user_pools (id, region, account_id, document)
                values (\(pool.id), \(pool.region), \(pool.accountID), \(pool.configuration.text))
                on conflict do nothing
                """
            )
            guard inserted == 1 else { return false }
            for (use, id, key) in sealed {
                try connection.enqueue(
                    """
                    insert into signing_keys (pool_id, token_use, id, sealed_key, created_at)
                    values (\(pool.id), \(use), \(id), \(key), \(now.milliseconds))
                    """
                )
            }
            return true
        }
    }

    /// Stores a pool's changed configuration, with the time. One write.
    package func update(_ pool: UserPool) async throws {
        let pool = pool.modified(at: clock.now())
        defer { cache.drop(pool.id) }
        try await database.write { connection in
            try connection.execute(
                "update user_pools set document = \(pool.configuration.text) where id = \(pool.id)"
            )
            try connection.notify(PoolDirectory.channel, pool.id)
        }
    }

    /// Forgets a pool and all that belongs to it: first what there may be millions of, in many transactions, and the
    /// pool itself last, so that a deletion that was cut off can be made again.
    package func delete(_ id: String) async throws {
        defer { cache.drop(id) }
        for (table, key) in Schema.poolTables where table != "signing_keys" {
            try await database.deleteInBatches(from: table, key: key, where: "pool_id = \(id)")
        }
        try await database.write { connection in
            try connection.execute("delete from signing_keys where pool_id = \(id)")
            try connection.execute("delete from user_pools where id = \(id)")
            try connection.notify(PoolDirectory.channel, id)
        }
    }

    /// One page of an account's pools in a region, in the order of their ids.
    package func list(
        region: String,
        accountID: String,
        after cursor: [String]?,
        limit: Int
    ) async throws -> Page<UserPoolType> {
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select document, id from user_pools
                where account_id = \(accountID) and region = \(region) and id > \(cursor?.first ?? "")
                order by id limit \(limit + 1)
                """
            )
        }
        return try Page(rows, limit: limit, cursor: [1]) {
            try RequestDecoder.document(UserPoolType.self, from: $0.text(0))
        }
    }
}

extension JSONEncodable {
    /// The value as a stored document.
    var text: String { String(decoding: jsonBytes, as: UTF8.self) }
}
