package import Cryptography
package import SRP

/// Turns passwords into SRP verifiers and checks them. One 3072-bit modular power each.
package struct PasswordHasher: Sendable {
    package let group: SRPGroup
    let vault: Vault
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

    /// The password of a user who is only simulated: the same for the same identity every time, and known to nobody.
    package func simulatedPassword(of identity: SRPIdentity) throws -> StoredPassword {
        let seed = try vault.keyedHash("password \(identity.context)", for: .simulatedUser)
        // A cipher's stream under a key that is used for nothing else is as good as random.
        let verifier = try AES256GCM.seal(
            [UInt8](repeating: 0, count: 384),
            key: seed,
            nonce: [UInt8](repeating: 0, count: AES256GCM.nonceSize),
            associatedData: []
        ).ciphertext
        return StoredPassword(
            salt: Array(SHA256.digest(seed).prefix(CognitoSRP.saltSize)),
            sealedVerifier: try vault.seal(verifier, for: .passwordVerifier, context: identity.context)
        )
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
