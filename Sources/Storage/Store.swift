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
    package let sessions: SessionRepository
    package let accessKeys: AccessKeyRepository

    package init(database: any DatabaseEngine, vault: Vault, clock: WallClock) {
        self.database = database
        self.vault = vault
        pools = PoolRepository(database: database, vault: vault)
        clients = ClientRepository(database: database, vault: vault)
        directory = PoolDirectory(pools: pools, clients: clients, clock: clock)
        users = UserRepository(database: database)
        codes = CodeRepository(database: database)
        attempts = AttemptRepository(database: database)
        sessions = SessionRepository(database: database)
        accessKeys = AccessKeyRepository(database: database, vault: vault)
    }

    /// Brings the schema up to date and checks that the master key is the one that the data is sealed under.
    package func prepare() async throws {
        try await database.migrate(Schema.migrations)
        let sealed = try vault.seal(Array("martlet".utf8), for: .masterKeyCheck, context: "")
        let stored = try await database.write { connection in
            try connection.execute(
                "insert into vault_checks (name, sealed) values ('master key', \(sealed)) on conflict do nothing"
            )
            return try connection.row("select sealed from vault_checks where name = 'master key'")?.bytes(0)
        }
        guard let stored, try vault.open(stored, for: .masterKeyCheck, context: "") != nil else {
            throw SealedValueUnreadable(what: "database's check value")
        }
    }

    /// Deletes what has run out. Sessions stay a day longer than their refresh token, as access tokens may outlive it.
    package func sweep(now: Timestamp) async throws {
        let dayAgo = now.milliseconds - 86_400_000
        let expired: [(table: String, column: String, before: Int64)] = [
            ("spent_nonces", "expires_at", now.milliseconds), ("codes", "expires_at", dayAgo),
            ("attempts", "last_at", dayAgo), ("refresh_tokens", "expires_at", dayAgo),
            ("sessions", "expires_at", dayAgo),
        ]
        for (table, column, before) in expired {
            _ = try await database.write { connection in
                try connection.execute(
                    "delete from \(unsafeSQL: table) where \(unsafeSQL: column) < \(before)"
                )
            }
        }
    }

    /// Forgets everything but the schema and the master key's check: `POST /_martlet/reset`, on a single node.
    package func reset() async throws {
        try await database.write { connection in
            for table in Schema.poolTables + ["user_pools", "access_keys"] {
                try connection.execute("delete from \(unsafeSQL: table)")
            }
        }
        directory.dropAll()
    }
}
