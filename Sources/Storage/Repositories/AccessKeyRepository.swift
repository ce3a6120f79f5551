package import CognitoModel
package import Cryptography
package import Database
import Domain

/// An access key for signed requests.
package struct AccessKey: Sendable {
    package let id: String
    package let accountID: String
    package let description: String
    package let createdAt: Timestamp
    package let revokedAt: Timestamp?

    package init(id: String, accountID: String, description: String, createdAt: Timestamp, revokedAt: Timestamp? = nil)
    {
        self.id = id
        self.accountID = accountID
        self.description = description
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }
}

/// The access keys that `martlet keys` manages. Secrets are sealed.
package struct AccessKeyRepository: Sendable {
    private let database: any DatabaseEngine
    private let vault: Vault

    package init(database: any DatabaseEngine, vault: Vault) {
        self.database = database
        self.vault = vault
    }

    package func create(_ key: AccessKey, secret: String) async throws {
        let sealed = try vault.seal(Array(secret.utf8), for: .accessKey, context: key.id)
        try await database.write { connection in
            try connection.execute(
                """
                insert into access_keys (id, account_id, sealed_secret, description, created_at)
                values (\(key.id), \(key.accountID), \(sealed), \(key.description), \(key.createdAt.milliseconds))
                """
            )
        }
    }

    /// The account and secret of a key that isn't revoked. One read of one statement.
    package func secret(of id: String) async throws -> (accountID: String, secret: String)? {
        let rows = try await database.lookUp(
            "select account_id, sealed_secret from access_keys where id = \(id) and revoked_at is null"
        )
        guard let row = rows.first else { return nil }
        guard let opened = try vault.open(try row.bytes(1), for: .accessKey, context: id) else {
            throw SealedValueUnreadable(what: "secret of access key \(id)")
        }
        return (try row.text(0), String(decoding: opened, as: UTF8.self))
    }

    /// Every key, the oldest first.
    package func list() async throws -> [AccessKey] {
        let rows = try await database.read { connection in
            try connection.rows(
                "select id, account_id, description, created_at, revoked_at from access_keys order by created_at, id"
            )
        }
        return try rows.map { row in
            AccessKey(
                id: try row.text(0),
                accountID: try row.text(1),
                description: try row.text(2),
                createdAt: Timestamp(milliseconds: try row.integer(3)),
                revokedAt: try row.integerIfPresent(4).map(Timestamp.init(milliseconds:))
            )
        }
    }

    /// Revokes a key; false where there is none of that id that isn't revoked yet.
    package func revoke(_ id: String, now: Timestamp) async throws -> Bool {
        try await database.write { connection in
            try connection.execute(
                "update access_keys set revoked_at = \(now.milliseconds) where id = \(id) and revoked_at is null"
            ) == 1
        }
    }
}
