package import CognitoModel
import PasswordHashes

/// What a file says of one user.
package struct ImportRow: Sendable {
    private let username: String
    private let attributes: [UserAttribute]
    private let passwordHash: PasswordHash?

    /// Reads a record. Throws `ImportRowFailure`.
    package init(_ content: CSVReader.Record.Content, _ columns: ImportColumns) throws(ImportRowFailure) {
        switch content {
        case .tooLong: throw .tooLong
        case .notText: throw .notText
        case .misquoted: throw .misquoted
        case .fields(let fields):
            guard fields.count == columns.names.count else { throw .fieldCount }
            var username = ""
            var hash: PasswordHash?
            var attributes: [UserAttribute] = []
            for (name, value) in zip(columns.names, fields) where !value.isEmpty {
                switch name {
                case ImportColumns.username: username = value
                case ImportColumns.mfaEnabled:
                    guard Bool(attributeValue: value) != nil else { throw .mfaNotBoolean }
                case ImportColumns.passwordHash:
                    guard let algorithm = columns.algorithm else { throw .unexpectedPasswordHash }
                    guard let read = PasswordHash(value, by: algorithm) else { throw .badPasswordHash }
                    hash = read
                default: attributes.append(UserAttribute(name, value))
                }
            }
            guard !username.isEmpty else { throw .usernameMissing }
            self.username = username
            self.attributes = attributes
            passwordHash = hash
        }
    }

    /// The user, as they begin. They are to set a password, unless they come with one, or need none. Throws
    /// `ImportRowFailure`, `UsernameFailure` or `AttributeFailure`.
    package func user(sub: String, in pool: UserPool, hasher: PasswordHasher, now: Timestamp) throws -> User {
        let new = try NewUser(
            named: pool.name(username),
            sub: sub,
            attributes: attributes,
            in: pool,
            by: .administrator
        )
        try pool.schema.checkRequired(of: new.attributes)
        let isReachable = pool.autoVerifiedAttributes.contains { address in
            new.attributes.isVerified(address.rawValue) && new.attributes[address.rawValue] != nil
        }
        guard isReachable else { throw ImportRowFailure.notVerified }
        let identity = SRPIdentity(poolID: pool.id, userID: new.username)
        var user = User(
            poolID: pool.id,
            sub: sub,
            username: new.username,
            status: .confirmed,
            attributes: new.attributes,
            importedPassword: try passwordHash.map { try hasher.keep($0, of: identity) },
            createdAt: now,
            modifiedAt: now
        )
        if FirstFactors.available(to: user, in: pool).isEmpty { user.status = .resetRequired }
        return user
    }
}

/// Why a row makes no user.
package enum ImportRowFailure: Error, Hashable, Sendable {
    case tooLong, notText, misquoted
    /// It has more or fewer fields than the header.
    case fieldCount
    case usernameMissing
    case mfaNotBoolean
    /// None of the addresses that the pool verifies is there and marked as verified.
    case notVerified
    /// The hash isn't one of the job's algorithm, or asks for more than may be asked for.
    case badPasswordHash
    /// The job has no algorithm.
    case unexpectedPasswordHash
    /// Somebody has the username.
    case userExists
    /// Somebody has an address by which the user would sign in.
    case aliasExists(attribute: String)
}
