package import CognitoModel
import Cryptography
import Database
package import Domain
import JOSE

/// How pools come to new signing keys. `PoolRepository` reads them.
package struct SigningKeyRepository: Sendable {
    /// A pool, and how often it came to new keys: who changes that changes the keys.
    package struct Generation: Sendable, Hashable {
        package let poolID: String
        package let number: Int64
        /// When its newest keys begin to sign: in the future, where they are only published yet.
        package let signsFrom: Timestamp
    }

    private let database: any DatabaseEngine
    private let vault: Vault
    private let cache: PoolCache

    init(database: any DatabaseEngine, vault: Vault, cache: PoolCache) {
        self.database = database
        self.vault = vault
        self.cache = cache
    }

    /// The generation of one pool, or nil.
    package func generation(of poolID: String) async throws -> Generation? {
        try await generations("user_pools.id = \(poolID) order by user_pools.id limit 1").first
    }

    /// Generations of all pools, in the order of their ids.
    package func generations(after poolID: String, limit: Int) async throws -> [Generation] {
        try await generations("user_pools.id > \(poolID) order by user_pools.id limit \(limit)")
    }

    /// Generations whose newest keys were made before that time, the oldest first.
    package func generations(madeBefore time: Timestamp, limit: Int) async throws -> [Generation] {
        try await generations(
            "signing_keys.created_at < \(time.milliseconds) order by signing_keys.created_at limit \(limit)"
        )
    }

    private func generations(_ condition: SQL) async throws -> [Generation] {
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select user_pools.id, user_pools.key_generation, signing_keys.signs_from
                from user_pools join signing_keys on signing_keys.pool_id = user_pools.id
                    and signing_keys.generation = user_pools.key_generation and signing_keys.token_use = 'access'
                where \(condition)
                """
            )
        }
        return try rows.map { row in
            Generation(
                poolID: try row.text(0),
                number: try row.integer(1),
                signsFrom: Timestamp(milliseconds: try row.integer(2))
            )
        }
    }

    /// Gives a pool its next keys; false where somebody else did since the generation was read, or the pool is gone.
    /// One transaction.
    package func replace(
        _ generation: Generation,
        by keys: TokenKeys,
        _ schedule: SigningKeySchedule,
        now: Timestamp
    ) async throws -> Bool {
        let poolID = generation.poolID
        let sealed = try vault.seal(keys, of: poolID)
        let signsFrom = schedule.signsFrom(now).milliseconds
        let expiry = schedule.olderKeysExpire(now).milliseconds
        defer { cache.drop(poolID) }
        return try await database.write { connection in
            // Also waits for whoever deletes the pool, who begins with this row.
            let changed = try connection.execute(
                """
                update user_pools set key_generation = key_generation + 1
                where id = \(poolID) and key_generation = \(generation.number)
                """
            )
            guard changed == 1 else { return false }
            try connection.enqueue(
                """
                update signing_keys set expires_at = \(expiry)
                where pool_id = \(poolID) and (expires_at is null or expires_at > \(expiry))
                """
            )
            for key in sealed {
                try connection.enqueue(
                    """
                    insert into signing_keys (pool_id, token_use, id, sealed_key, created_at, generation, signs_from)
                    values (\(poolID), \(key.use), \(key.id), \(key.sealed), \(now.milliseconds),
                        \(generation.number + 1), \(signsFrom))
                    """
                )
            }
            try connection.notify(PoolDirectory.channel, poolID)
            return true
        }
    }
}

/// A signing key's row.
struct SigningKeyRow {
    let use: String
    let key: SigningKey
    let signsFrom: Timestamp
    let expiresAt: Timestamp?

    /// Reads the columns from `first` on: `columns`.
    init(_ row: Row, from first: Int, poolID: String, vault: Vault) throws {
        let id = try row.text(first + 1)
        guard let opened = try vault.open(try row.bytes(first + 2), for: .signingKey, context: "\(poolID)/\(id)") else {
            throw SealedValueUnreadable(what: "signing key \(id) of \(poolID)")
        }
        use = try row.text(first)
        key = try SigningKey(id: id, privateKey: RSAPrivateKey(pkcs8: opened))
        signsFrom = Timestamp(milliseconds: try row.integer(first + 3))
        expiresAt = try row.integerIfPresent(first + 4).map(Timestamp.init(milliseconds:))
    }

    /// What `init` reads.
    static let columns = """
        signing_keys.token_use, signing_keys.id, signing_keys.sealed_key, signing_keys.signs_from,
        signing_keys.expires_at
        """

    /// Whether it is published.
    func isPublished(at now: Timestamp) -> Bool { expiresAt.map { now < $0 } ?? true }
}

extension TokenKeys {
    /// What a pool's keys are at a time, of their rows with the newest first, and when that changes; nil where there is
    /// nothing that signs.
    static func at(_ now: Timestamp, of rows: [SigningKeyRow]) -> (keys: TokenKeys, changesAt: Timestamp?)? {
        let published = rows.filter { $0.isPublished(at: now) }
        func keys(_ use: String) -> (signing: SigningKey, others: [SigningKey])? {
            let ofUse = published.filter { $0.use == use }
            guard let signing = ofUse.firstIndex(where: { $0.signsFrom <= now }) else { return nil }
            return (ofUse[signing].key, ofUse.indices.filter { $0 != signing }.map { ofUse[$0].key })
        }
        guard let ids = keys("id"), let accesses = keys("access") else { return nil }
        let times = published.flatMap { [$0.signsFrom, $0.expiresAt].compactMap { $0 } }
        let all = TokenKeys(
            id: ids.signing,
            access: accesses.signing,
            otherIDs: ids.others,
            otherAccesses: accesses.others
        )
        return (all, times.filter { now < $0 }.min())
    }
}

extension Vault {
    /// The keys that sign, as their rows hold them.
    func seal(_ keys: TokenKeys, of poolID: String) throws -> [(use: String, id: String, sealed: [UInt8])] {
        try [("id", keys.id), ("access", keys.access)].map { use, key in
            (use, key.id, try seal(key.privateKey.pkcs8, for: .signingKey, context: "\(poolID)/\(key.id)"))
        }
    }
}
