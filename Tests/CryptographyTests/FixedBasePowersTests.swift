import Cryptography
import Testing

/// Against the general power, which has vectors of its own.
@Suite struct FixedBasePowersTests {
    private static let exponentSize = 32

    private let arithmetic: ModularArithmetic
    private let powers: FixedBasePowers
    private let base = BigNumber([2])

    init() throws {
        arithmetic = try ModularArithmetic(modulus: .rfc3526Prime3072)
        powers = try FixedBasePowers(of: base, arithmetic, exponentSize: Self.exponentSize)
    }

    @Test("every digit at every place")
    func digits() throws {
        for place in 0..<Self.exponentSize {
            for digit in 0..<16 as Range<UInt8> {
                for byte in [digit, digit << 4] {
                    let exponent = BigNumber([byte] + [UInt8](repeating: 0, count: place))
                    #expect(try powers.power(exponent) == arithmetic.power(base, exponent))
                }
            }
        }
    }

    @Test("random exponents")
    func random() throws {
        for _ in 0..<200 {
            let exponent = BigNumber(try RandomSource.system.bytes(Self.exponentSize))
            #expect(try powers.power(exponent) == arithmetic.power(base, exponent))
        }
    }

    @Test("nothing, one, the largest exponent, and one that the table has no room for")
    func limits() throws {
        #expect(try powers.power(BigNumber([])) == BigNumber([1]))
        #expect(try powers.power(BigNumber([1])) == base)
        for size in [Self.exponentSize, Self.exponentSize + 1, 64] {
            let exponent = BigNumber([UInt8](repeating: 0xFF, count: size))
            #expect(try powers.power(exponent) == arithmetic.power(base, exponent))
        }
    }

    @Test("a base above a small modulus of an odd size")
    func smallModulus() throws {
        let arithmetic = try ModularArithmetic(
            modulus: BigNumber([0x97, 0xB7, 0x50, 0x92, 0x3C, 0xEB, 0x3F, 0xFD, 0x01])
        )
        let base = BigNumber([UInt8](repeating: 0xA5, count: 12))
        let powers = try FixedBasePowers(of: base, arithmetic, exponentSize: 5)
        for _ in 0..<50 {
            let exponent = BigNumber(try RandomSource.system.bytes(5))
            #expect(try powers.power(exponent) == arithmetic.power(base, exponent))
        }
    }
}
