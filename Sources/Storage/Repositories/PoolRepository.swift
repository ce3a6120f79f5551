package import CognitoModel
import Cryptography
import Database
package import Domain

/// Pools and their signing keys. Reads go through `PoolDirectory`, which keeps what is read on every request.
package struct PoolRepository: Sendable {
    let database: any DatabaseEngine
    private let vault: Vault
    let cache: PoolCache
    let clock: WallClock
    private let prefixDomainBase: String

    init(database: any DatabaseEngine, vault: Vault, cache: PoolCache, clock: WallClock, prefixDomainBase: String) {
        self.database = database
        self.vault = vault
        self.cache = cache
        self.clock = clock
        self.prefixDomainBase = prefixDomainBase
    }

    /// The pool with its keys as they are now, and when those change.
    func find(_ id: String) async throws -> (pool: PoolWithKeys, keysChangeAt: Timestamp?)? {
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select user_pools.region, user_pools.account_id, user_pools.document, user_pools.mfa,
                    user_pools.tracks_sessions, user_pools.most_sessions, user_pools.risk,
                    \(DomainRepository.names), \(unsafeSQL: SigningKeyRow.columns)
                from user_pools join signing_keys on signing_keys.pool_id = user_pools.id
                where user_pools.id = \(id) order by signing_keys.generation desc
                """
            )
        }
        guard let first = rows.first else { return nil }
        let keyRows = try rows.map { try SigningKeyRow($0, from: 9, poolID: id, vault: vault) }
        guard let (keys, keysChangeAt) = TokenKeys.at(clock.now(), of: keyRows) else {
            throw SealedValueUnreadable(what: "pair of signing keys of \(id)")
        }
        let region = try first.text(0)
        let pool = UserPool(
            id: id,
            region: region,
            accountID: try first.text(1),
            configuration: try RequestDecoder.document(UserPoolType.self, from: first.text(2)),
            mfa: try MFASettings(stored: first.textIfPresent(3)),
            sessions: SessionSettings(
                isTracked: try first.booleanIfPresent(4) ?? false,
                mostPerUser: try first.intIfPresent(5) ?? SessionSettings().mostPerUser
            ),
            domain: try PoolDomain.host(
                custom: first.textIfPresent(7),
                prefix: first.textIfPresent(8),
                region: region,
                base: prefixDomainBase
            )
        )
        return (PoolWithKeys(pool: pool, keys: keys, risk: try RiskSettings(first, 6)), keysChangeAt)
    }

    /// Adds a pool with its keys; false where the id is taken. One transaction.
    package func create(_ pool: UserPool, keys: TokenKeys, now: Timestamp) async throws -> Bool {
        let sealed = try vault.seal(keys, of: pool.id)
        return try await database.write { connection in
            let inserted = try connection.execute(
                """
                insert into user_pools (id, region, account_id, document)
                values (\(pool.id), \(pool.region), \(pool.accountID), \(pool.configuration.text))
                on conflict do nothing
                """
            )
            guard inserted == 1 else { return false }
            for key in sealed {
                try connection.enqueue(
                    """
                    insert into signing_keys (pool_id, token_use, id, sealed_key, created_at)
                    values (\(pool.id), \(key.use), \(key.id), \(key.sealed), \(now.milliseconds))
                    """
                )
            }
            return true
        }
    }

    /// Changes a pool's configuration and its settings of second factors as they are then, with the time: of several at
    /// once each finds what those before it left. Throws `PoolFailure.notFound` where it is gone, and what the change
    /// throws; and `.importInProgress` while users are imported, unless it may be changed then. One transaction.
    package func change(
        _ id: String,
        whileImporting: Bool = false,
        _ change: @escaping @Sendable (inout UserPoolType, inout MFASettings) throws -> Void
    ) async throws {
        let now = clock.now()
        defer { cache.drop(id) }
        try await database.write { connection in
            try connection.lockPool(id)
            if !whileImporting { try connection.checkNoImport(into: id) }
            guard let row = try connection.row("select document, mfa from user_pools where id = \(id)") else {
                throw PoolFailure.notFound(id: id)
            }
            var configuration = try RequestDecoder.document(UserPoolType.self, from: row.text(0))
            var settings = try MFASettings(stored: row.textIfPresent(1))
            try change(&configuration, &settings)
            configuration.lastModifiedDate = now
            try connection.execute(
                """
                update user_pools set document = \(configuration.text), mfa = \(settings.text) where id = \(id)
                """
            )
            try connection.notify(PoolDirectory.channel, id)
        }
    }

    /// Sets how a pool's sessions are looked after. Throws `PoolFailure.notFound` where it is gone. One write.
    package func set(_ sessions: SessionSettings, of id: String) async throws {
        defer { cache.drop(id) }
        try await database.write { connection in
            let set = try connection.execute(
                """
                update user_pools set tracks_sessions = \(sessions.isTracked), most_sessions = \(sessions.mostPerUser)
                where id = \(id)
                """
            )
            guard set == 1 else { throw PoolFailure.notFound(id: id) }
            try connection.notify(PoolDirectory.channel, id)
        }
    }

    /// Forgets a pool and all that belongs to it: first what there may be millions of, in many transactions, and the
    /// pool itself last, so that a deletion that was cut off can be made again. Throws `PoolFailure.importInProgress`
    /// while users are imported.
    package func delete(_ id: String) async throws {
        defer { cache.drop(id) }
        try await database.write { connection in
            try connection.lockPool(id)
            try connection.checkNoImport(into: id)
        }
        for (table, key) in Schema.poolTables where table != "signing_keys" {
            try await database.deleteInBatches(from: table, key: key, where: "pool_id = \(id)")
        }
        try await database.write { connection in
            // In this order, so that whoever gives the pool new keys meanwhile is waited for, or finds it gone.
            try connection.execute("delete from user_pools where id = \(id)")
            try connection.execute("delete from signing_keys where pool_id = \(id)")
            // One that was made meanwhile.
            try connection.execute("delete from user_import_jobs where pool_id = \(id)")
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

extension MFASettings {
    /// As they are stored; those of a pool for which nobody set any are empty.
    fileprivate init(stored text: String?) throws {
        self = try text.map { try RequestDecoder.document(MFASettings.self, from: $0) } ?? MFASettings()
    }
}

extension JSONEncodable {
    /// The value as a stored document.
    var text: String { String(decoding: jsonBytes, as: UTF8.self) }
}
