package import CognitoModel
package import PasswordHashes

/// The columns of the file from which users are imported into a pool.
package struct ImportColumns: Sendable {
    /// Who the user is.
    package static let username = "cognito:username"
    /// Whether the user wants texts as a second factor; empty for what the pool says.
    package static let mfaEnabled = "cognito:mfa_enabled"
    /// The hash of their password, by the job's algorithm.
    package static let passwordHash = "password_hash"

    private static let standard = [
        "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture",
        "website", "email", "email_verified", "gender", "birthdate", "zoneinfo", "locale", "phone_number",
        "phone_number_verified", "address", "updated_at",
    ]

    /// The header of the pool's files, as GetCSVHeader gives it.
    package static func header(of pool: UserPool) -> [String] {
        let custom = pool.schema.attributes.compactMap(\.name).filter { !StandardAttributes.names.contains($0) }
        return standard + custom + [mfaEnabled, username, passwordHash]
    }

    /// The names of the columns, in the file's order.
    let names: [String]
    let algorithm: PasswordHashAlgorithm?

    /// Reads the first record of a file: every column of the pool's header once, in any order, and no other.
    /// `password_hash` may be left out where the job has no algorithm. Throws `ImportFileFailure`.
    package init(
        _ record: CSVReader.Record,
        in pool: UserPool,
        algorithm: PasswordHashAlgorithm?
    ) throws(ImportFileFailure) {
        guard case .fields(var names) = record.content else { throw .unreadableHeader }
        // Spreadsheets begin a file with a mark of its order of bytes.
        if let first = names.first, first.unicodeScalars.first == "\u{FEFF}" {
            names[0] = String(first.unicodeScalars.dropFirst())
        }
        let given = Set(names)
        guard given.count == names.count else { throw .wrongHeader }
        let expected = Set(Self.header(of: pool))
        let missing = expected.subtracting(given)
        guard given.isSubset(of: expected), missing.isSubset(of: [Self.passwordHash]) else { throw .wrongHeader }
        if algorithm != nil, !missing.isEmpty { throw .passwordHashMissing }
        self.names = names
        self.algorithm = algorithm
    }
}

/// Why a whole file can't be imported.
package enum ImportFileFailure: Error, Hashable, Sendable {
    case empty
    case unreadableHeader
    case wrongHeader
    /// The job has an algorithm, and the file no column for what it made.
    case passwordHashMissing
    /// It has more users than one file may have.
    case tooManyRows
    /// A part of what was uploaded isn't there.
    case incomplete
}

extension PasswordHashingAlgorithmType {
    /// As it is known to what reads hashes.
    package var algorithm: PasswordHashAlgorithm? { PasswordHashAlgorithm(rawValue: rawValue) }
}
