package import CognitoModel
package import Cryptography

/// Makes the user who stands for a name that nobody has, where a client hides who exists: the same one for the same
/// name every time, so that the same rules run on them, and nobody can tell (RFC 5054 section 2.5.1.3).
package struct SimulatedUsers: Sendable {
    private let vault: Vault
    private let passwords: PasswordHasher

    package init(vault: Vault, passwords: PasswordHasher) {
        self.vault = vault
        self.passwords = passwords
    }

    /// The `sub` of the user who stands for the name. It costs one HMAC.
    package func sub(ofName name: String, in pool: UserPool) throws -> String {
        var bytes = try vault.keyedHash("sub \(pool.id) \(pool.signInNames.key(of: name))", for: .simulatedUser)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return RandomSource.uuidText(bytes)
    }

    /// The user who stands for the name: confirmed, with a password that nobody knows and one verified address, the name
    /// itself where it is one.
    package func user(named name: String, in pool: UserPool, now: Timestamp) throws -> User {
        let sub = try sub(ofName: name, in: pool)
        let isNamedByAddress = !pool.signInNames.usernameAttributes.isEmpty
        let username = isNamedByAddress ? sub : pool.signInNames.key(of: name)
        let attribute = ContactFormat.isPhoneNumber(name) ? "phone_number" : "email"
        let address =
            attribute == "email" && !ContactFormat.isEmail(name) ? "\(name)@example.com" : name
        return User(
            poolID: pool.id,
            sub: sub,
            username: username,
            status: .confirmed,
            attributes: UserAttributes([
                UserAttribute(attribute, address), UserAttribute("\(attribute)_verified", "true"),
            ]),
            password: try passwords.simulatedPassword(of: SRPIdentity(poolID: pool.id, userID: username)),
            createdAt: now,
            modifiedAt: now
        )
    }
}
