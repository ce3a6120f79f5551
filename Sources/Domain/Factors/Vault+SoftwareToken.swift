package import Cryptography

extension Vault {
    /// Seals the secret of a user's software token.
    package func sealSoftwareToken(_ secret: [UInt8], of user: User) throws -> [UInt8] {
        try seal(secret, for: .softwareToken, context: user.softwareTokenPlace)
    }

    /// The secret of a user's software token. Throws `SealedValueUnreadable`.
    package func openSoftwareToken(_ sealed: [UInt8], of user: User) throws -> [UInt8] {
        guard let secret = try open(sealed, for: .softwareToken, context: user.softwareTokenPlace) else {
            throw SealedValueUnreadable(what: "software token of \(user.sub)")
        }
        return secret
    }
}

extension User {
    /// `SealedColumn` says the same in SQL.
    fileprivate var softwareTokenPlace: String { "\(poolID)/\(sub)" }
}
