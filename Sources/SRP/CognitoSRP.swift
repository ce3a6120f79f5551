package import Cryptography

/// Cognito's dialect of SRP-6a: the 3072-bit group with g = 2, SHA-256, numbers padded as Java's `BigInteger` writes
/// them, and a proof keyed by HKDF.
package enum CognitoSRP {
    /// Sizes in bytes.
    package static let saltSize = 16
    package static let ephemeralSize = 32

    /// The group with its table of powers, which takes some time and 624 KiB: make one for all.
    package static func makeGroup() throws -> SRPGroup {
        let prime = BigNumber.rfc3526Prime3072
        let generator = BigNumber([2])
        let multiplier = BigNumber(SHA256.digest(padded(prime) + padded(generator)))
        // Private keys are SHA-256 digests, and ephemeral keys as large.
        return try SRPGroup(prime: prime, generator: generator, multiplier: multiplier, exponentSize: ephemeralSize)
    }

    /// A number as Java's `BigInteger.toByteArray` writes it: no leading zeros but one where the high bit is set.
    package static func padded(_ number: BigNumber) -> [UInt8] {
        let bytes = number.bytes
        guard let first = bytes.first else { return [0] }
        return first >= 0x80 ? [0] + bytes : bytes
    }

    /// x, from the salt and the password. `poolName` is the pool's id after the underscore.
    package static func privateKey(salt: [UInt8], poolName: String, userID: String, password: String) -> BigNumber {
        let identity = SHA256.digest(Array("\(poolName)\(userID):\(password)".utf8))
        return BigNumber(SHA256.digest(padded(BigNumber(salt)) + identity))
    }

    /// u, from both public keys; nil where it is 0, when the exchange must end.
    package static func scrambler(clientPublicKey: BigNumber, serverPublicKey: BigNumber) -> BigNumber? {
        let scrambler = BigNumber(SHA256.digest(padded(clientPublicKey) + padded(serverPublicKey)))
        return scrambler.isZero ? nil : scrambler
    }

    /// The 16-byte key of the client's proof.
    package static func proofKey(premasterSecret: BigNumber, scrambler: BigNumber) throws -> [UInt8] {
        try HKDFSHA256.derive(
            16,
            from: padded(premasterSecret),
            salt: padded(scrambler),
            info: Array("Caldera Derived Key".utf8)
        )
    }

    /// What the client sends as `PASSWORD_CLAIM_SIGNATURE`.
    package static func proof(
        key: [UInt8],
        poolName: String,
        userID: String,
        secretBlock: [UInt8],
        timestamp: String
    ) -> [UInt8] {
        HMACSHA256.code(Array(poolName.utf8) + Array(userID.utf8) + secretBlock + Array(timestamp.utf8), key: key)
    }
}
