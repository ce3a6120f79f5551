import COpenSSL

/// Powers of one base: a table of the base's powers, made once, spares five of six multiplications.
///
/// The exponent is read in digits of five bits. The table holds, for each place, the base to each digit at that place,
/// so a power is one Montgomery multiplication a place and no squaring (Handbook of Applied Cryptography, section
/// 14.6.3). For a 3072-bit modulus and 256-bit exponents: 52 multiplications and 624 KiB.
///
/// Neither the sequence of operations nor the memory that is read depends on the exponent. Every digit, 0 too, looks
/// through the whole of its row and multiplies; and as OpenSSL multiplies short numbers in another way than full ones,
/// every entry is blinded by a random factor that makes it full, which the product takes out by where it begins.
///
/// Invariant behind `@unchecked Sendable`: the table is only read after `init`.
@safe package final class FixedBasePowers: @unchecked Sendable {
    private static let digitBits = 5
    private static let digits = 1 << digitBits
    private static let digitMask = UInt8(digits - 1)
    /// How often a blinding is drawn until it makes every entry full: once, but for moduli of few bits in their highest
    /// word.
    private static let attempts = 100

    private let arithmetic: ModularArithmetic
    private let base: BigNumber
    private let exponentSize: Int
    /// Digits of the largest exponent.
    private let places: Int
    /// 64-bit words of one number.
    private let words: Int
    /// What takes the blindings of all places out.
    private let unblinding: BigNumber
    /// Place by place, digit by digit: numbers in Montgomery form.
    private let table: UnsafeMutablePointer<UInt64>

    /// `exponentSize` is the largest exponent's size in bytes; the time and the table grow with it. Throws where no
    /// blinding makes every entry full, which doesn't happen to moduli of cryptographic size.
    package init(of base: BigNumber, _ arithmetic: ModularArithmetic, exponentSize: Int) throws {
        self.arithmetic = arithmetic
        self.base = base
        self.exponentSize = exponentSize
        words = arithmetic.words
        places = (exponentSize * 8 + Self.digitBits - 1) / Self.digitBits
        unsafe table = UnsafeMutablePointer.allocate(capacity: places * Self.digits * words)
        for _ in 0..<Self.attempts {
            let blinding = try arithmetic.reduced(BigNumber(RandomSource.system.bytes(words * 8 + 16)))
            let isFull = try unsafe Self.fill(table, of: base, arithmetic, blinding, places)
            guard isFull, !blinding.isZero else { continue }
            unblinding = try arithmetic.inverse(arithmetic.power(blinding, public: BigNumber(places)))
            return
        }
        unsafe table.deallocate()
        throw CryptographyError("modular arithmetic", reason: "the modulus is too small to hide an exponent")
    }

    deinit { unsafe table.deallocate() }

    /// Fills the table; false where an entry is short.
    private static func fill(
        _ table: UnsafeMutablePointer<UInt64>,
        of base: BigNumber,
        _ arithmetic: ModularArithmetic,
        _ blinding: BigNumber,
        _ places: Int
    ) throws -> Bool {
        let words = arithmetic.words
        let unit = try MontgomeryProduct(arithmetic, startingFrom: base)
        for row in 0..<places {
            let entry = try MontgomeryProduct(arithmetic, startingFrom: blinding)
            for digit in 0..<digits {
                let place = unsafe table + (row * digits + digit) * words
                try unsafe entry.write(to: place)
                guard unsafe place[words - 1] != 0 else { return false }
                try entry.multiply(by: unit)
            }
            for _ in 0..<digitBits { try unit.multiply(by: unit) }
        }
        return true
    }

    /// The base to the power `exponent`, in a time that doesn't depend on the exponent. An exponent that is larger than
    /// the table is made for takes the general way.
    package func power(_ exponent: BigNumber) throws -> BigNumber {
        // With a byte of zeros behind, as a digit may stand in two.
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: exponentSize + 1)
        unsafe bytes.initialize(repeating: 0, count: exponentSize + 1)
        let factor = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
        unsafe factor.initialize(repeating: 0, count: words)
        defer {
            unsafe OPENSSL_cleanse(bytes, exponentSize)
            unsafe OPENSSL_cleanse(factor, words * MemoryLayout<UInt64>.size)
            unsafe bytes.deallocate()
            unsafe factor.deallocate()
        }
        guard unsafe BN_bn2lebinpad(exponent.pointer, bytes, Int32(exponentSize)) == exponentSize else {
            ERR_clear_error()
            return try arithmetic.power(base, exponent)
        }
        let product = try MontgomeryProduct(arithmetic, startingFrom: unblinding)
        for place in 0..<places {
            let (byte, bit) = (place * Self.digitBits).quotientAndRemainder(dividingBy: 8)
            let both = unsafe UInt16(bytes[byte + 1]) << 8 | UInt16(bytes[byte])
            unsafe select(UInt8(truncatingIfNeeded: both >> bit) & Self.digitMask, ofRow: place, into: factor)
            try unsafe product.multiply(by: factor)
        }
        return try product.value()
    }

    /// A function of its own in the compiled code too, where `scripts/check-constant-time` looks at it.
    @inline(never) private func select(_ digit: UInt8, ofRow row: Int, into factor: UnsafeMutablePointer<UInt64>) {
        // All ones for the digit, all zeros for others. Opaque, or the compiler would see a comparison, and branch.
        func mask(_ candidate: Int) -> UInt64 {
            let difference = UInt64(digit) ^ UInt64(candidate)
            return martlet_opaque(0 &- (((difference &- 1) & ~difference) >> 63))
        }
        unsafe factor.update(repeating: 0, count: words)
        // Four at a time, as the factor is read and written for each step.
        for first in stride(from: 0, to: Self.digits, by: 4) {
            let (mask0, mask1, mask2, mask3) = (mask(first), mask(first + 1), mask(first + 2), mask(first + 3))
            let source0 = unsafe table + (row * Self.digits + first) * words
            let (source1, source2, source3) = unsafe (source0 + words, source0 + 2 * words, source0 + 3 * words)
            for word in 0..<words {
                unsafe factor[word] |=
                    source0[word] & mask0 | source1[word] & mask1 | source2[word] & mask2 | source3[word] & mask3
            }
        }
    }
}
