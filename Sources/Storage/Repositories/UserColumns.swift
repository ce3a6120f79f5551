import CognitoModel
import Database
import Domain

/// The columns of `users`, in one list: what inserts, updates and reads a user is made of it.
enum UserColumns {
    private struct Column: Sendable {
        let name: String
        /// Whether it can change once the user is there.
        let isFixed: Bool
        /// Whether a `User` is read from it; the others are there to be searched.
        let isRead: Bool
        let value: @Sendable (User) -> any SQLBindable

        init(
            _ name: String,
            isFixed: Bool = false,
            isRead: Bool = true,
            _ value: @escaping @Sendable (User) -> any SQLBindable
        ) {
            self.name = name
            self.isFixed = isFixed
            self.isRead = isRead
            self.value = value
        }

        /// A search ignores case, so the value is folded, as names are.
        static func searched(_ attribute: String) -> Column {
            Column(attribute, isRead: false) { $0.attributes[attribute].map(Name.folded) }
        }
    }

    /// The attributes by which users are searched.
    static let searchedAttributes = [
        "email", "phone_number", "name", "given_name", "family_name", "preferred_username",
    ]

    /// `user(_:poolID:)` reads in this order.
    private static let columns =
        [
            Column("sub", isFixed: true) { $0.sub },
            Column("username", isFixed: true) { $0.username },
            Column("status") { $0.status.rawValue },
            Column("enabled") { $0.isEnabled },
            Column("attributes") { $0.attributes.text },
            Column("password_salt") { $0.password?.salt },
            Column("password_verifier") { $0.password?.sealedVerifier },
            Column("temporary_password_expires_at") { $0.temporaryPasswordExpiresAt?.milliseconds },
            Column("created_at", isFixed: true) { $0.createdAt.milliseconds },
            Column("modified_at") { $0.modifiedAt.milliseconds },
            Column("credential_epoch") { $0.credentialEpoch },
            Column("mfa") { $0.factors.document },
            Column("totp_secret") { $0.factors.softwareToken?.sealedSecret },
            Column("totp_pending") { $0.factors.pendingSecret },
            // Counted where passkeys are added and deleted.
            Column("passkey_count", isFixed: true) { $0.passkeyCount },
            Column("imported_password") { $0.importedPassword?.sealedHash },
            Column("passkey_parties", isFixed: true) { $0.passkeyParties?.joined(separator: " ") },
        ] + searchedAttributes.map(Column.searched)

    private static let readNames = columns.filter(\.isRead).map { "users.\($0.name)" } + ["users.version"]
    private static let readText = readNames.joined(separator: ", ")
    private static let insertText = columns.map(\.name).joined(separator: ", ")
    private static let changing = columns.filter { !$0.isFixed }

    /// What a `select` lists to read a user.
    static let read: SQL = "\(unsafeSQL: readText)"
    /// How many columns that is.
    static let count = readNames.count

    static func user(_ row: Row, poolID: String) throws -> User {
        let salt = try row.bytesIfPresent(5)
        let verifier = try row.bytesIfPresent(6)
        return User(
            poolID: poolID,
            sub: try row.text(0),
            username: try row.text(1),
            status: UserStatusType(rawValue: try row.text(2)),
            isEnabled: try row.boolean(3),
            attributes: try RequestDecoder.document(UserAttributes.self, from: row.text(4)),
            password: salt.flatMap { salt in verifier.map { StoredPassword(salt: salt, sealedVerifier: $0) } },
            importedPassword: try row.bytesIfPresent(15).map(ImportedPassword.init(sealedHash:)),
            factors: try UserFactors(
                document: row.textIfPresent(11),
                sealedSecret: row.bytesIfPresent(12),
                pendingSecret: row.bytesIfPresent(13)
            ),
            temporaryPasswordExpiresAt: try row.integerIfPresent(7).map(Timestamp.init(milliseconds:)),
            credentialEpoch: try row.integer(10),
            passkeyCount: try row.int(14),
            passkeyParties: try row.textIfPresent(16).map { $0.split(separator: " ").map(String.init) },
            createdAt: Timestamp(milliseconds: try row.integer(8)),
            modifiedAt: Timestamp(milliseconds: try row.integer(9))
        )
    }

    /// The `version` of the row that a user was read from.
    static func version(_ row: Row) throws -> Int64 { try row.integer(count - 1) }

    /// Inserts the user, unless one with that key is there.
    static func insert(_ user: User, key: String) -> SQL {
        var values = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: columns.count)
        for column in columns {
            values.appendLiteral(", ")
            values.appendInterpolation(column.value(user))
        }
        return """
            insert into users (pool_id, username_key, version, \(unsafeSQL: insertText))
            values (\(user.poolID), \(key), 1\(SQL(stringInterpolation: values))) on conflict do nothing
            """
    }

    /// Inserts users, but for those whose key is there, and returns the `sub` of each that was inserted.
    static func insert(_ users: [User], in pool: UserPool) -> SQL {
        var rows = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: users.count * (columns.count + 2))
        for (index, user) in users.enumerated() {
            rows.appendLiteral(index > 0 ? "), (" : "")
            rows.appendInterpolation(user.poolID)
            rows.appendLiteral(", ")
            rows.appendInterpolation(pool.signInNames.key(of: user.username))
            rows.appendLiteral(", 1")
            for column in columns {
                rows.appendLiteral(", ")
                rows.appendInterpolation(column.value(user))
            }
        }
        return """
            insert into users (pool_id, username_key, version, \(unsafeSQL: insertText))
            values (\(SQL(stringInterpolation: rows))) on conflict do nothing returning sub
            """
    }

    /// Writes the searched columns of a user who has those attributes.
    static func search(_ attributes: UserAttributes, poolID: String, sub: String) -> SQL {
        var values = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: searchedAttributes.count)
        for (index, name) in searchedAttributes.enumerated() {
            values.appendLiteral("\(index > 0 ? ", " : "")\(name) = ")
            values.appendInterpolation(attributes[name].map(Name.folded))
        }
        return "update users set \(SQL(stringInterpolation: values)) where pool_id = \(poolID) and sub = \(sub)"
    }

    /// Updates the user, if nobody did since `version` was read.
    static func update(_ user: User, version: Int64) -> SQL {
        var values = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: changing.count)
        for column in changing {
            values.appendLiteral(", \(column.name) = ")
            values.appendInterpolation(column.value(user))
        }
        return """
            update users set version = version + 1\(SQL(stringInterpolation: values))
            where pool_id = \(user.poolID) and sub = \(user.sub) and version = \(version)
            """
    }
}

extension UserAttributes {
    fileprivate var text: String { String(decoding: jsonBytes, as: UTF8.self) }
}
