import COpenSSL

/// A product modulo one number that grows factor by factor, in Montgomery form, with its memory allotted once. Used by
/// one thread.
@safe struct MontgomeryProduct: ~Copyable {
    private let arithmetic: ModularArithmetic
    private let scratch: Scratch
    /// Both belong to `scratch`, which clears them.
    private let product: OpaquePointer
    private let factor: OpaquePointer

    /// Begins with `number`.
    init(_ arithmetic: ModularArithmetic, startingFrom number: BigNumber) throws {
        let scratch = try Scratch()
        unsafe BN_CTX_start(scratch.pointer)
        guard let product = unsafe BN_CTX_get(scratch.pointer), let factor = unsafe BN_CTX_get(scratch.pointer) else {
            throw CryptographyError.fromOpenSSL(Self.task)
        }
        let reduced = try arithmetic.reduced(number)
        try check(unsafe BN_to_montgomery(product, reduced.pointer, arithmetic.montgomery, scratch.pointer), Self.task)
        self.arithmetic = arithmetic
        self.scratch = scratch
        unsafe self.product = unsafe product
        unsafe self.factor = unsafe factor
    }

    private static let task = "modular arithmetic"

    /// Writes the product in Montgomery form, least significant word first: as many words as the modulus has.
    func write(to words: UnsafeMutablePointer<UInt64>) throws {
        let size = Int32(arithmetic.words * 8)
        guard unsafe BN_bn2lebinpad(product, UnsafeMutableRawPointer(words), size) == size else {
            throw CryptographyError.fromOpenSSL(Self.task)
        }
    }

    func multiply(by other: borrowing MontgomeryProduct) throws {
        try unsafe multiply(by: other.product)
    }

    /// Multiplies by what `write` wrote. The words are taken as bytes: the machine is little-endian, as all are that
    /// Swift runs on.
    func multiply(by words: UnsafePointer<UInt64>) throws {
        guard unsafe BN_lebin2bn(UnsafeRawPointer(words), Int32(arithmetic.words * 8), factor) != nil else {
            throw CryptographyError.fromOpenSSL(Self.task)
        }
        try unsafe multiply(by: factor)
    }

    /// The product as a plain number.
    func value() throws -> BigNumber {
        guard let result = unsafe BN_new() else { throw CryptographyError.fromOpenSSL(Self.task) }
        let owner = unsafe BigNumber(takingOwnershipOf: result)
        try check(unsafe BN_from_montgomery(result, product, arithmetic.montgomery, scratch.pointer), Self.task)
        return owner
    }

    private func multiply(by other: OpaquePointer) throws {
        try check(
            unsafe BN_mod_mul_montgomery(product, product, other, arithmetic.montgomery, scratch.pointer),
            Self.task
        )
    }
}
