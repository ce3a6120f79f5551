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
        for place in stride(from: 0, to: Self.exponentSize * 8, by: 5) {
            for digit in 1..<32 as Range<UInt32> {
                // The last place has one bit.
                guard place + 31 - digit.leadingZeroBitCount < Self.exponentSize * 8 else { continue }
                let shifted = UInt16(digit << (place % 8))
                let bytes = [UInt8(shifted >> 8), UInt8(shifted & 0xFF)] + [UInt8](repeating: 0, count: place / 8)
                let exponent = BigNumber(bytes)
                #expect(try powers.power(exponent) == arithmetic.power(base, exponent))
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
