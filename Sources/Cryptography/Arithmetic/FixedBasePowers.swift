import COpenSSL

/// Powers of one base: a table of the base's powers, made once, spares three of four multiplications.
///
/// The exponent is read in digits of four bits. The table holds, for each place, the base to each digit at that place,
/// so a power is one Montgomery multiplication a place and no squaring (Handbook of Applied Cryptography, section
/// 14.6.3). For a 3072-bit modulus and 256-bit exponents: 64 multiplications and 384 KiB.
///
/// Neither the sequence of operations nor the memory that is read depends on the exponent. Every digit, 0 too, looks
/// through the whole of its row and multiplies; and as OpenSSL multiplies short numbers in another way than full ones,
/// every entry is blinded by a random factor that makes it full, which the product takes out by where it begins.
///
/// Invariant behind `@unchecked Sendable`: the table is only read after `init`.
@safe package final class FixedBasePowers: @unchecked Sendable {
    private static let digitBits = 4
    private static let digits = 1 << digitBits
    /// How often a blinding is drawn until it makes every entry full: once, but for moduli of few bits in their highest
    /// word.
    private static let attempts = 100

    private let arithmetic: ModularArithmetic
    private let base: BigNumber
    private let exponentSize: Int
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
        let places = exponentSize * 8 / Self.digitBits
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
            let power = try MontgomeryProduct(arithmetic)
            for digit in 0..<digits {
                let place = unsafe table + (row * digits + digit) * words
                try unsafe entry.write(to: place)
                guard unsafe place[words - 1] != 0 else { return false }
                try entry.multiply(by: unit)
                try power.multiply(by: unit)
            }
            try unit.set(to: power)
        }
        return true
    }

    /// The base to the power `exponent`, in a time that doesn't depend on the exponent. An exponent that is larger than
    /// the table is made for takes the general way.
    package func power(_ exponent: BigNumber) throws -> BigNumber {
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: exponentSize)
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
        for place in 0..<exponentSize {
            let byte = unsafe bytes[place]
            unsafe select(byte & 0xf, ofRow: 2 * place, into: factor)
            try unsafe product.multiply(by: factor)
            unsafe select(byte >> 4, ofRow: 2 * place + 1, into: factor)
            try unsafe product.multiply(by: factor)
        }
        return try product.value()
    }

    /// A function of its own in the compiled code too, where `scripts/check-constant-time` looks at it.
    @inline(never) private func select(_ digit: UInt8, ofRow row: Int, into factor: UnsafeMutablePointer<UInt64>) {
        unsafe factor.update(repeating: 0, count: words)
        for candidate in 0..<Self.digits {
            let difference = UInt64(digit) ^ UInt64(candidate)
            // All ones where they are equal, all zeros elsewhere. Opaque, or the compiler would see a comparison in it,
            // and branch.
            let mask = martlet_opaque(0 &- (((difference &- 1) & ~difference) >> 63))
            let source = unsafe table + (row * Self.digits + candidate) * words
            for word in 0..<words { unsafe factor[word] |= source[word] & mask }
        }
    }
}
