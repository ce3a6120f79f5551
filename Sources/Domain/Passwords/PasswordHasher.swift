package import Cryptography
package import SRP

/// What the database keeps of a password: the SRP verifier, sealed, and its salt.
package struct StoredPassword: Sendable, Hashable {
    package let salt: [UInt8]
    package let sealedVerifier: [UInt8]

    package init(salt: [UInt8], sealedVerifier: [UInt8]) {
        self.salt = salt
        self.sealedVerifier = sealedVerifier
    }
}

/// Turns passwords into SRP verifiers and checks them. One 3072-bit modular power each.
package struct PasswordHasher: Sendable {
    package let group: SRPGroup
    private let vault: Vault
    private let random: RandomSource

    package init(vault: Vault, random: RandomSource) throws {
        group = try CognitoSRP.makeGroup()
        self.vault = vault
        self.random = random
    }

    package func hash(_ password: String, of identity: SRPIdentity) throws -> StoredPassword {
        let salt = try random.bytes(CognitoSRP.saltSize)
        let verifier = try verifier(of: password, salt: salt, identity: identity)
        let sealed = try vault.seal(verifier.bytes, for: .passwordVerifier, context: identity.context)
        return StoredPassword(salt: salt, sealedVerifier: sealed)
    }

    /// Whether the password is the stored one, in constant time. Without a stored password the same work is done and
    /// the answer is no, so that the time tells nothing.
    package func verify(_ password: String, against stored: StoredPassword?, of identity: SRPIdentity) throws -> Bool {
        let salt = stored?.salt ?? [UInt8](repeating: 1, count: CognitoSRP.saltSize)
        let computed = try verifier(of: password, salt: salt, identity: identity).bytes
        guard let stored else { return false }
        return constantTimeEqual(computed, try verifier(stored, of: identity).bytes)
    }

    /// The verifier of a stored password. Throws where it was sealed for another user or under an unknown key.
    package func verifier(_ stored: StoredPassword, of identity: SRPIdentity) throws -> BigNumber {
        let opened = try vault.open(stored.sealedVerifier, for: .passwordVerifier, context: identity.context)
        guard let opened else { throw SealedValueUnreadable(what: "password verifier of \(identity.context)") }
        return BigNumber(opened)
    }

    /// Salt and verifier of a user who doesn't exist: the same for the same name every time, so that nobody can tell
    /// (RFC 5054 section 2.5.1.3).
    package func simulatedPassword(of identity: SRPIdentity) throws -> (salt: [UInt8], verifier: BigNumber) {
        let salt = try vault.keyedHash("salt \(identity.context)", for: .simulatedUser)
        let verifier = try (0..<12).flatMap { part in
            try vault.keyedHash("verifier \(part) \(identity.context)", for: .simulatedUser)
        }
        return (Array(salt.prefix(CognitoSRP.saltSize)), BigNumber(verifier))
    }

    private func verifier(of password: String, salt: [UInt8], identity: SRPIdentity) throws -> BigNumber {
        let x = CognitoSRP.privateKey(
            salt: salt,
            poolName: identity.poolName,
            userID: identity.userID,
            password: password
        )
        return try group.verifier(privateKey: x)
    }
}

/// Whose password it is: the pool, and the user by `USER_ID_FOR_SRP`.
package struct SRPIdentity: Sendable, Hashable {
    package let poolID: String
    package let userID: String

    package init(poolID: String, userID: String) {
        self.poolID = poolID
        self.userID = userID
    }

    /// The part of the pool's id after the underscore.
    package var poolName: String { String(poolID.drop { $0 != "_" }.dropFirst()) }

    var context: String { "\(poolID)/\(userID)" }
}

/// A sealed value doesn't open: the master key isn't the one it was sealed under, or the row was tampered with.
package struct SealedValueUnreadable: Error, CustomStringConvertible {
    package let what: String

    package init(what: String) { self.what = what }

    package var description: String { "the \(what) can't be opened: is the master key the right one?" }
}
