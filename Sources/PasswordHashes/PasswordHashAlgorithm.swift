/// The algorithms of password hashes that other systems leave behind.
package enum PasswordHashAlgorithm: String, Sendable, CaseIterable {
    case bcrypt = "BCRYPT"
    case scrypt = "SCRYPT"
    case argon2id = "ARGON2ID"
    case pbkdf2SHA256 = "PBKDF2_SHA256"
}

/// Why a password couldn't be compared: memory ran out, or a library takes less than we do.
package struct PasswordHashError: Error, CustomStringConvertible {
    /// Which of them.
    package let algorithm: PasswordHashAlgorithm

    package var description: String { "a password couldn't be compared with its \(algorithm.rawValue) hash" }
}
