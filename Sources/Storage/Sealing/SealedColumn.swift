import Cryptography
import Database

/// A column whose values are sealed: where they are, and what they were sealed for.
struct SealedColumn: Sendable {
    let kind: String
    let table: String
    /// The primary key, in its order.
    let key: [String]
    let column: String
    let purpose: Vault.Purpose
    /// The context that a row's value was sealed with, as SQL: what the repository gives to `Vault.seal`.
    let context: String
    /// What else changes with the value. A user's version, as whoever writes a user writes the verifier they have read.
    let alongside: String

    init(
        _ kind: String,
        _ table: String,
        key: [String],
        _ column: String,
        _ purpose: Vault.Purpose,
        context: String,
        alongside: String = ""
    ) {
        self.kind = kind
        self.table = table
        self.key = key
        self.column = column
        self.purpose = purpose
        self.context = context
        self.alongside = alongside
    }

    /// All of them.
    static let all = [
        SealedColumn("key of hashes", "sealed_keys", key: ["name"], "sealed", .hashKey, context: "''"),
        SealedColumn(
            "signing keys",
            "signing_keys",
            key: ["pool_id", "token_use", "id"],
            "sealed_key",
            .signingKey,
            context: "pool_id || '/' || id"
        ),
        SealedColumn("access keys", "access_keys", key: ["id"], "sealed_secret", .accessKey, context: "id"),
        SealedColumn("client secrets", "app_clients", key: ["id"], "sealed_secret", .clientSecret, context: "id"),
        SealedColumn(
            "second client secrets",
            "app_clients",
            key: ["id"],
            "second_sealed_secret",
            .clientSecret,
            context: "id"
        ),
        SealedColumn(
            "provider secrets",
            "identity_providers",
            key: ["pool_id", "id"],
            "sealed_secrets",
            .providerSecrets,
            context: "pool_id || '/' || id"
        ),
        SealedColumn(
            "SAML keys",
            "saml_keys",
            key: ["pool_id", "id"],
            "sealed_key",
            .samlKey,
            context: "pool_id || '/' || id"
        ),
        SealedColumn(
            "passwords",
            "users",
            key: ["pool_id", "sub"],
            "password_verifier",
            .passwordVerifier,
            context: "pool_id || '/' || username",
            alongside: ", version = version + 1"
        ),
        softwareToken("software tokens", "totp_secret"),
        SealedColumn(
            "devices",
            "devices",
            key: ["pool_id", "sub", "device_key"],
            "verifier",
            .deviceVerifier,
            context: "pool_id || '/' || sub || '/' || device_key"
        ),
        softwareToken("software tokens being set up", "totp_pending"),
        SealedColumn(
            "imported passwords",
            "users",
            key: ["pool_id", "sub"],
            "imported_password",
            .importedPassword,
            context: "pool_id || '/' || username",
            alongside: ", version = version + 1"
        ),
        SealedColumn(
            "import files",
            "user_import_parts",
            key: ["pool_id", "job_id", "upload_id", "number"],
            "sealed",
            .importFile,
            context: "pool_id || '/' || job_id || '/' || upload_id || '/' || cast(number as text)"
        ),
        SealedColumn(
            "messages",
            "outbox",
            key: ["pool_id", "id"],
            "sealed",
            .outbox,
            context: "pool_id || '/' || id"
        ),
        SealedColumn(
            "password history",
            "password_history",
            key: ["pool_id", "sub", "changed_at"],
            "verifier",
            .passwordVerifier,
            context: """
                (select users.pool_id || '/' || users.username from users
                where users.pool_id = password_history.pool_id and users.sub = password_history.sub)
                """
        ),
    ]

    private static func softwareToken(_ kind: String, _ column: String) -> SealedColumn {
        SealedColumn(
            kind,
            "users",
            key: ["pool_id", "sub"],
            column,
            .softwareToken,
            context: "pool_id || '/' || sub",
            alongside: ", version = version + 1"
        )
    }

    /// A value, with the primary key of its row.
    struct Value: Sendable {
        let sealed: [UInt8]
        /// Nil where what tells it is gone.
        let context: String?
        let key: [SQLValue]
    }

    /// Values in the order of the primary key, after that one.
    func values(after key: [SQLValue]?, limit: Int, in database: any DatabaseEngine) async throws -> [Value] {
        let names = self.key.joined(separator: ", ")
        var condition: SQL = "\(unsafeSQL: column) is not null"
        if let key { condition = "\(condition) and (\(unsafeSQL: names)) > (\(Self.list(key)))" }
        let statement: SQL = """
            select \(unsafeSQL: column), \(unsafeSQL: context), \(unsafeSQL: names) from \(unsafeSQL: table)
            where \(condition) order by \(unsafeSQL: names) limit \(limit)
            """
        return try await database.read { try $0.rows(statement) }.map { row in
            Value(sealed: try row.bytes(0), context: try row.textIfPresent(1), key: Array(row.values.dropFirst(2)))
        }
    }

    /// Replaces values that are still what they were, by one statement; returns how many.
    func replace(_ replacements: [(old: Value, new: [UInt8])], in database: any DatabaseEngine) async throws -> Int {
        guard !replacements.isEmpty else { return 0 }
        var values = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: replacements.count)
        for (index, (old, new)) in replacements.enumerated() {
            values.appendLiteral(index > 0 ? ", (" : "(")
            values.appendInterpolation(Self.list([.bytes(old.sealed), .bytes(new)] + old.key))
            values.appendLiteral(")")
        }
        // SQLite and PostgreSQL name the columns of `values` alike.
        let sameKey = key.enumerated().map { "\(table).\($1) = replacing.column\($0 + 3)" }.joined(separator: " and ")
        let statement: SQL = """
            update \(unsafeSQL: table) set \(unsafeSQL: column) = replacing.column2\(unsafeSQL: alongside)
            from (values \(SQL(stringInterpolation: values))) as replacing
            where \(unsafeSQL: sameKey) and \(unsafeSQL: table).\(unsafeSQL: column) = replacing.column1
            """
        return try await database.write { try $0.execute(statement) }
    }

    private static func list(_ values: [SQLValue]) -> SQL {
        var list = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: values.count)
        for (index, value) in values.enumerated() {
            if index > 0 { list.appendLiteral(", ") }
            list.appendInterpolation(value)
        }
        return SQL(stringInterpolation: list)
    }
}
