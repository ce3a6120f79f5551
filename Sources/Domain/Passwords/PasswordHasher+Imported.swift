import Cryptography
package import PasswordHashes

extension PasswordHasher {
    /// Seals the hash of a password that another system left behind. It costs one sealing.
    package func keep(_ hash: PasswordHash, of identity: SRPIdentity) throws -> ImportedPassword {
        let bytes = Array("\(hash.algorithm.rawValue) \(hash.text)".utf8)
        return ImportedPassword(sealedHash: try vault.seal(bytes, for: .importedPassword, context: identity.context))
    }

    /// Whether it is the password of that hash. It costs what the hash asks for: up to a quarter of a second and 64
    /// MiB.
    package func verify(
        _ password: String,
        against imported: ImportedPassword,
        of identity: SRPIdentity
    ) throws -> Bool {
        try hash(imported, of: identity).matches(password)
    }

    private func hash(_ imported: ImportedPassword, of identity: SRPIdentity) throws -> PasswordHash {
        let opened = try vault.open(imported.sealedHash, for: .importedPassword, context: identity.context)
        let parts = String(decoding: opened ?? [], as: UTF8.self).split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let algorithm = PasswordHashAlgorithm(rawValue: String(parts[0])),
            let hash = PasswordHash(String(parts[1]), by: algorithm)
        else { throw SealedValueUnreadable(what: "imported password of \(identity.context)") }
        return hash
    }
}

extension PasswordHasher {
    /// Whether it is the user's password, whatever is kept of it. One modular power, or what an imported hash asks for.
    package func verify(_ password: String, of user: User) throws -> Bool {
        if let imported = user.importedPassword { return try verify(password, against: imported, of: user.srpIdentity) }
        return try verify(password, against: user.password, of: user.srpIdentity)
    }
}
