import OperatingSystem

/// A power that is to be computed, modulo the number of an arithmetic.
///
/// Lanes don't look whether their result is right, as that would take another power. Of SRP's proofs nobody sees more
/// than whether they are right: a wrong power makes a right proof wrong, and no wrong one right, unless somebody could
/// foretell it. So zero, which is what a call leaves behind that didn't come to its end, is computed anew.
package struct ModularPower: LaneWork {
    private let arithmetic: ModularArithmetic
    private let base: BigNumber
    private let exponent: BigNumber
    private let exponentIsPublic: Bool

    /// The queue of the requests' powers.
    package static let queue = LaneQueue<ModularPower>(executor: .shared)

    /// A power whose exponent everybody knows takes less time alone.
    package init(
        of base: BigNumber,
        _ exponent: BigNumber,
        exponentIsPublic: Bool = false,
        _ arithmetic: ModularArithmetic
    ) throws(CryptographyError) {
        self.arithmetic = arithmetic
        self.base = try arithmetic.reduced(base)
        self.exponent = exponent
        self.exponentIsPublic = exponentIsPublic
    }

    /// Whether there are lanes, and modulus and exponent have the sizes that they take.
    package var fitsLanes: Bool {
        Lanes.areAvailable && arithmetic.modulus.bitWidth == PowerLanes.modulusBits
            && exponent.bitWidth <= PowerLanes.exponentBits
    }

    /// A call of eight takes as long as three of OpenSSL's (docs/PERFORMANCE.md).
    package static var worthwhile: Int { 4 }

    /// By OpenSSL.
    package func alone() throws -> BigNumber {
        try exponentIsPublic ? arithmetic.power(base, public: exponent) : arithmetic.power(base, exponent)
    }

    /// By the lanes, in a time that depends on no exponent; nil for what they don't take, or got wrong.
    package static func together(_ work: [ModularPower]) -> [BigNumber?] {
        PowerLanes.powers(work.map { ($0.base, $0.exponent, $0.arithmetic.modulus) })
    }
}

extension ModularArithmetic {
    /// As `power`, in turn with the other requests' powers, several of which may be computed at a time (`LaneQueue`).
    package func powerInTurn(_ base: BigNumber, _ exponent: BigNumber) async throws -> BigNumber {
        try await ModularPower.queue.run([ModularPower(of: base, exponent, self)])[0]
    }

    /// As `power` by a public exponent, in turn as above.
    package func powerInTurn(_ base: BigNumber, public exponent: BigNumber) async throws -> BigNumber {
        try await ModularPower.queue.run([ModularPower(of: base, exponent, exponentIsPublic: true, self)])[0]
    }
}
