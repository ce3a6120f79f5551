/// A hash of a password that another system made, read and within bounds of what it may cost.
///
/// The bounds are Cognito's: whoever guesses passwords makes the server spend what the hash asks for.
package struct PasswordHash: Sendable, Hashable {
    /// By which it was made.
    package let algorithm: PasswordHashAlgorithm
    /// As the other system wrote it.
    package let text: String

    /// Reads a hash. Nil where it isn't one of the algorithm, or asks for more than the bounds.
    package init?(_ text: String, by algorithm: PasswordHashAlgorithm) {
        guard text.utf8.count <= 512, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        let isWellFormed =
            switch algorithm {
            case .bcrypt: BcryptHash(text) != nil
            case .scrypt: ScryptHash(text) != nil
            case .argon2id: Argon2idHash(text) != nil
            case .pbkdf2SHA256: PBKDF2Hash(text) != nil
            }
        guard isWellFormed else { return nil }
        self.algorithm = algorithm
        self.text = text
    }

    /// Whether it is the hash of the password, in constant time as far as the bytes of the hash are concerned. Up to a
    /// quarter of a second and 64 MiB.
    package func matches(_ password: String) throws(PasswordHashError) -> Bool {
        let password = Array(password.utf8)
        // bcrypt would end it there, and HMAC fills keys up with zeros: nobody's password has one.
        if password.contains(0) { return false }
        let isRight: Bool? =
            switch algorithm {
            case .bcrypt: BcryptHash(text)?.matches(password)
            case .scrypt: ScryptHash(text)?.matches(password)
            case .argon2id: Argon2idHash(text)?.matches(password)
            case .pbkdf2SHA256: PBKDF2Hash(text)?.matches(password)
            }
        guard let isRight else { throw PasswordHashError(algorithm: algorithm) }
        return isRight
    }
}
