package import Cryptography

/// The numbers of a Secure Remote Password group and the server's arithmetic in it (RFC 5054 section 2.5).
package struct SRPGroup: Sendable {
    /// The modulus N and the generator g.
    package let prime: BigNumber
    package let generator: BigNumber
    /// The multiplier k.
    package let multiplier: BigNumber
    private let arithmetic: ModularArithmetic
    private let generatorPowers: FixedBasePowers

    /// `exponentSize` is the size in bytes of the largest exponent that the generator's powers are made ready for.
    package init(prime: BigNumber, generator: BigNumber, multiplier: BigNumber, exponentSize: Int) throws {
        self.prime = prime
        self.generator = generator
        self.multiplier = multiplier
        arithmetic = try ModularArithmetic(modulus: prime)
        generatorPowers = try FixedBasePowers(of: generator, arithmetic, exponentSize: exponentSize)
    }

    /// v = g^x. One power of the generator.
    package func verifier(privateKey x: BigNumber) throws -> BigNumber {
        try generatorPowers.power(x)
    }

    /// B = k·v + g^b. One power of the generator.
    package func serverPublicKey(verifier v: BigNumber, ephemeral b: BigNumber) throws -> BigNumber {
        try arithmetic.sum(arithmetic.product(multiplier, v), generatorPowers.power(b))
    }

    /// S = (A·v^u)^b. Two modular powers, each in turn with those of other requests, the first by u, which follows from
    /// what both sides have sent.
    package func premasterSecret(
        clientPublicKey a: BigNumber,
        verifier v: BigNumber,
        scrambler u: BigNumber,
        ephemeral b: BigNumber
    ) async throws -> BigNumber {
        let scrambled = try await arithmetic.powerInTurn(v, public: u)
        return try await arithmetic.powerInTurn(arithmetic.product(a, scrambled), b)
    }

    /// The client's public key from its bytes, or nil where RFC 5054 section 2.5.4 has the server abort: a multiple of
    /// the prime would let anyone in. A key not below the prime is refused as well, as no honest client sends one.
    package func clientPublicKey(_ bytes: [UInt8]) throws -> BigNumber? {
        let significant = Array(bytes.drop { $0 == 0 })
        guard !significant.isEmpty, significant.count <= prime.bytes.count else { return nil }
        let key = BigNumber(significant)
        let remainder = try arithmetic.reduced(key)
        return remainder.isZero || remainder != key ? nil : key
    }
}
