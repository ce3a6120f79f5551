import CognitoModel
import Database
import Domain

/// The columns of `users` that make a `User`, and how they are read and written.
enum UserRow {
    static let columns: SQL = """
        users.sub, users.username, users.status, users.enabled, users.attributes, users.password_salt, \
        users.password_verifier, users.temporary_password_expires_at, users.created_at, users.modified_at, \
        users.version
        """
    /// How many columns that is.
    static let count = 11

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
            temporaryPasswordExpiresAt: try row.integerIfPresent(7).map(Timestamp.init(milliseconds:)),
            createdAt: Timestamp(milliseconds: try row.integer(8)),
            modifiedAt: Timestamp(milliseconds: try row.integer(9))
        )
    }

    static func version(_ row: Row) throws -> Int64 { try row.integer(10) }

    /// Inserts the user unless one with that key is there; returns whether it did.
    static func insert(_ user: User, key: String) -> SQL {
        """
        insert into users (
            pool_id, sub, username, username_key, status, enabled, attributes, password_salt, password_verifier,
            temporary_password_expires_at, created_at, modified_at, version,
            email, phone_number, name, given_name, family_name, preferred_username
        ) values (
            \(user.poolID), \(user.sub), \(user.username), \(key), \(user.status.rawValue), \(user.isEnabled),
            \(user.attributes.text), \(user.password?.salt), \(user.password?.sealedVerifier),
            \(user.temporaryPasswordExpiresAt?.milliseconds), \(user.createdAt.milliseconds),
            \(user.modifiedAt.milliseconds), 1,
            \(user.attributes["email"]), \(user.attributes["phone_number"]), \(user.attributes["name"]),
            \(user.attributes["given_name"]), \(user.attributes["family_name"]),
            \(user.attributes["preferred_username"])
        ) on conflict do nothing
        """
    }

    /// Updates the user if nobody did since `version` was read.
    static func update(_ user: User, version: Int64) -> SQL {
        """
        update users set
            status = \(user.status.rawValue), enabled = \(user.isEnabled), attributes = \(user.attributes.text),
            password_salt = \(user.password?.salt), password_verifier = \(user.password?.sealedVerifier),
            temporary_password_expires_at = \(user.temporaryPasswordExpiresAt?.milliseconds),
            modified_at = \(user.modifiedAt.milliseconds), version = version + 1,
            email = \(user.attributes["email"]), phone_number = \(user.attributes["phone_number"]),
            name = \(user.attributes["name"]), given_name = \(user.attributes["given_name"]),
            family_name = \(user.attributes["family_name"]),
            preferred_username = \(user.attributes["preferred_username"])
        where pool_id = \(user.poolID) and sub = \(user.sub) and version = \(version)
        """
    }
}

extension UserAttributes {
    fileprivate var text: String { String(decoding: jsonBytes, as: UTF8.self) }
}
