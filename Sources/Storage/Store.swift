package import CognitoModel
package import Cryptography
package import Database
package import Domain

/// Everything that is stored.
///
/// Immutable and shared by all requests, so a class: a value of so many members would be copied at every call.
package final class Store: Sendable {
    package let database: any DatabaseEngine
    package let vault: Vault
    package let pools: PoolRepository
    package let clients: ClientRepository
    package let directory: PoolDirectory
    package let users: UserRepository
    package let codes: CodeRepository
    package let attempts: AttemptRepository
    package let outbox: OutboxRepository
    package let sessions: SessionRepository
    package let ssoSessions: SSOSessionRepository
    package let authorizationCodes: AuthorizationCodeRepository
    package let devices: DeviceRepository
    package let groups: GroupRepository
    package let passkeys: PasskeyRepository
    package let documents: DocumentRepository
    package let domains: DomainRepository
    package let identityProviders: IdentityProviderRepository
    package let samlKeys: SAMLKeyRepository
    package let userIdentities: UserIdentityRepository
    package let accessKeys: AccessKeyRepository
    package let signingKeys: SigningKeyRepository
    package let imports: ImportRepository
    package let sealedValues: SealedValues
    package let authEvents: AuthEventRepository
    /// What is told of events of users' histories.
    package let eventFeed = AuthEventFeed()
    package let replicas: ReplicaRepository
    package let limits: LimitRepository
    private let cache: PoolCache

    /// `prefixDomainBase` is what stands after `<prefix>.auth.<region>.` in the names of pools' domains.
    package init(
        database: any DatabaseEngine,
        vault: Vault,
        clock: WallClock,
        prefixDomainBase: String = PoolDomain.amazonBase
    ) {
        self.database = database
        self.vault = vault
        cache = PoolCache()
        pools = PoolRepository(
            database: database,
            vault: vault,
            cache: cache,
            clock: clock,
            prefixDomainBase: prefixDomainBase
        )
        clients = ClientRepository(database: database, vault: vault, cache: cache, clock: clock)
        domains = DomainRepository(database: database, cache: cache)
        directory = PoolDirectory(pools: pools, clients: clients, domains: domains, cache: cache, clock: clock)
        users = UserRepository(database: database, clock: clock, feed: eventFeed)
        codes = CodeRepository(database: database, clock: clock, feed: eventFeed)
        attempts = AttemptRepository(database: database, feed: eventFeed)
        outbox = OutboxRepository(database: database, vault: vault, clock: clock)
        sessions = SessionRepository(database: database, clock: clock, feed: eventFeed)
        ssoSessions = SSOSessionRepository(database: database, clock: clock)
        authorizationCodes = AuthorizationCodeRepository(database: database, clock: clock)
        devices = DeviceRepository(database: database, clock: clock)
        groups = GroupRepository(database: database, clock: clock)
        passkeys = PasskeyRepository(database: database)
        documents = DocumentRepository(database: database, cache: cache)
        identityProviders = IdentityProviderRepository(database: database, vault: vault)
        samlKeys = SAMLKeyRepository(database: database, vault: vault)
        userIdentities = UserIdentityRepository(database: database, clock: clock)
        accessKeys = AccessKeyRepository(database: database, vault: vault)
        signingKeys = SigningKeyRepository(database: database, vault: vault, cache: cache)
        imports = ImportRepository(database: database, vault: vault)
        sealedValues = SealedValues(database: database, vault: vault)
        authEvents = AuthEventRepository(database: database, feed: eventFeed)
        replicas = ReplicaRepository(database: database)
        limits = LimitRepository(database: database)
    }

    /// Brings the schema up to date, and takes the key of hashes from the database, where the first start puts it.
    /// Throws where that doesn't open: then the master key isn't one that the data is sealed under.
    package func prepare() async throws {
        try await database.migrate(Schema.migrations)
        let fresh = try sealHashKey(RandomSource.system.bytes(32))
        let stored = try await database.write { connection in
            try connection.execute(
                "insert into sealed_keys (name, sealed) values ('hash key', \(fresh)) on conflict do nothing"
            )
            return try connection.row("select sealed from sealed_keys where name = 'hash key'")?.bytes(0)
        }
        guard let stored, let key = try vault.open(stored, for: .hashKey, context: "") else {
            throw SealedValueUnreadable(what: "database's key of hashes")
        }
        vault.useHashKey(key)
        if !vault.isSealedByNewest(stored) {
            let resealed = try sealHashKey(key)
            try await database.write { connection in
                try connection.execute(
                    "update sealed_keys set sealed = \(resealed) where name = 'hash key' and sealed = \(stored)"
                )
            }
        }
    }

    private func sealHashKey(_ key: [UInt8]) throws -> [UInt8] { try vault.seal(key, for: .hashKey, context: "") }

    /// Deletes what has run out. Sessions stay a day longer than their refresh token, as access tokens may outlive it.
    package func sweep(now: Timestamp) async throws {
        cache.forgetExpired(at: now)
        let dayAgo = now.milliseconds - 86_400_000
        let expired: [(table: String, key: String, column: String, before: Int64)] = [
            ("spent_nonces", "pool_id, nonce", "expires_at", dayAgo),
            ("device_proofs", "pool_id, hash", "expires_at", now.milliseconds),
            ("codes", "pool_id, sub, purpose", "expires_at", dayAgo),
            ("refresh_tokens", "pool_id, hash", "expires_at", dayAgo),
            ("sessions", "pool_id, id", "expires_at", dayAgo),
            ("sso_sessions", "pool_id, id", "expires_at", now.milliseconds),
            ("authorization_codes", "pool_id, hash", "expires_at", dayAgo),
            // Whoever takes up an expired message gives it up; these are those that nobody could open.
            ("outbox", "pool_id, id", "expires_at", dayAgo),
            ("auth_events", "pool_id, sub, id", "expires_at", now.milliseconds),
            ("signing_keys", "pool_id, token_use, id", "expires_at", now.milliseconds - 60_000),
        ]
        try await imports.sweep(now: now)
        for (table, key, column, before) in expired {
            try await database.deleteInBatches(from: table, key: key, where: "\(unsafeSQL: column) < \(before)")
        }
        // Only pools have counts of a day: of names, which anybody may make up, no more than the hour's are kept.
        let (hour, day) = (AttemptWindow.hour.length, AttemptWindow.day.length)
        try await database.deleteInBatches(
            from: "attempts",
            key: "pool_id, subject, action",
            where: """
                last_at < \(now.milliseconds - hour)
                and (subject <> \(AttemptSubject.pool.key) or last_at < \(now.milliseconds - day))
                """
        )
    }

    /// Forgets everything but the schema and the key of hashes: `POST /_martlet/reset`, on a single node.
    package func reset() async throws {
        try await database.write { connection in
            for table in Schema.poolTables.map(\.0) + ["user_pools", "access_keys", "provisioned_limits"] {
                try connection.execute("delete from \(unsafeSQL: table)")
            }
        }
        cache.dropAll()
        limits.forget()
    }
}

extension DatabaseEngine {
    /// Deletes rows a few thousand at a time, so that neither a writer waits long nor a statement runs into its time
    /// limit, however many there are.
    func deleteInBatches(
        from table: String,
        key: String,
        of batch: Int = 2000,
        where condition: SQL
    ) async throws {
        var deleted = batch
        while deleted == batch {
            deleted = try await write { connection in
                try connection.execute(
                    """
                    delete from \(unsafeSQL: table) where (\(unsafeSQL: key)) in
                        (select \(unsafeSQL: key) from \(unsafeSQL: table) where \(condition) limit \(batch))
                    """
                )
            }
        }
    }
}
