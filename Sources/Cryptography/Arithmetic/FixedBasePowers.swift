/// Powers of one base: a table of the base's powers, made once, spares three of four multiplications.
///
/// The exponent is read in digits of four bits. The table holds, for each place, the base to each digit at that place,
/// so a power is one Montgomery multiplication a place and no squaring (Handbook of Applied Cryptography, section
/// 14.6.3). For a 3072-bit modulus and 256-bit exponents: 64 multiplications and 384 KiB.
///
/// Neither the sequence of operations nor the memory that is read depends on the exponent: every digit, 0 too, looks
/// through the whole of its row and multiplies.
///
/// Invariant behind `@unchecked Sendable`: the table is only read after `init`.
@safe package final class FixedBasePowers: @unchecked Sendable {
    private static let digitBits = 4
    private static let digits = 1 << digitBits

    private let arithmetic: ModularArithmetic
    private let base: BigNumber
    private let exponentSize: Int
    /// 64-bit words of one number.
    private let words: Int
    /// Place by place, digit by digit: numbers in Montgomery form.
    private let table: UnsafeMutablePointer<UInt64>

    /// `exponentSize` is the largest exponent's size in bytes; the time and the table grow with it.
    package init(of base: BigNumber, _ arithmetic: ModularArithmetic, exponentSize: Int) throws {
        self.arithmetic = arithmetic
        self.base = base
        self.exponentSize = exponentSize
        words = arithmetic.words
        let places = exponentSize * 8 / Self.digitBits
        unsafe table = UnsafeMutablePointer.allocate(capacity: places * Self.digits * words)
        let unit = try MontgomeryProduct(arithmetic, startingFrom: base)
        for row in 0..<places {
            let power = try MontgomeryProduct(arithmetic)
            for digit in 0..<Self.digits {
                unsafe power.write(to: entry(digit, ofRow: row))
                try power.multiply(by: unit)
            }
            try unit.set(to: power)
        }
    }

    deinit { unsafe table.deallocate() }

    /// The base to the power `exponent`, in a time that doesn't depend on the exponent. An exponent that is larger than
    /// the table is made for takes the general way.
    package func power(_ exponent: BigNumber) throws -> BigNumber {
        let bytes = exponent.bytes
        guard bytes.count <= exponentSize else { return try arithmetic.power(base, exponent) }
        let product = try MontgomeryProduct(arithmetic)
        let factor = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
        defer { unsafe factor.deallocate() }
        for place in 0..<exponentSize {
            let byte = place < bytes.count ? bytes[bytes.count - 1 - place] : 0
            unsafe select(byte & 0xf, ofRow: 2 * place, into: factor)
            try unsafe product.multiply(by: factor)
            unsafe select(byte >> 4, ofRow: 2 * place + 1, into: factor)
            try unsafe product.multiply(by: factor)
        }
        return try product.value()
    }

    private func entry(_ digit: Int, ofRow row: Int) -> UnsafeMutablePointer<UInt64> {
        unsafe table + (row * Self.digits + digit) * words
    }

    private func select(_ digit: UInt8, ofRow row: Int, into factor: UnsafeMutablePointer<UInt64>) {
        unsafe factor.update(repeating: 0, count: words)
        for candidate in 0..<Self.digits {
            let difference = UInt64(digit) ^ UInt64(candidate)
            // All ones where they are equal, all zeros elsewhere, without a branch.
            let mask = 0 &- (((difference &- 1) & ~difference) >> 63)
            let source = unsafe entry(candidate, ofRow: row)
            for word in 0..<words { unsafe factor[word] |= source[word] & mask }
        }
    }
}
