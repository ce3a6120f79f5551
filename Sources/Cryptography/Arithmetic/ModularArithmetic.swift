import COpenSSL

/// Arithmetic modulo one odd number, with its Montgomery form computed once.
///
/// Invariant behind `@unchecked Sendable`: the Montgomery context is only read after `init`.
@safe package final class ModularArithmetic: @unchecked Sendable {
    /// What every result is below.
    package let modulus: BigNumber
    let montgomery: OpaquePointer

    /// How many 64-bit words a number below the modulus takes.
    var words: Int { Int(unsafe BN_num_bits(modulus.pointer) + 63) / 64 }

    /// Prepares for a modulus, which must be odd.
    package init(modulus: BigNumber) throws(CryptographyError) {
        guard let montgomery = unsafe BN_MONT_CTX_new() else { throw .fromOpenSSL("modular arithmetic") }
        self.modulus = modulus
        unsafe self.montgomery = unsafe montgomery
        let scratch = try Scratch()
        try check(unsafe BN_MONT_CTX_set(montgomery, modulus.pointer, scratch.pointer), "modular arithmetic")
    }

    deinit { unsafe BN_MONT_CTX_free(montgomery) }

    /// `base` to the power `exponent`, in a time that depends on the exponent's length alone.
    package func power(_ base: BigNumber, _ exponent: BigNumber) throws(CryptographyError) -> BigNumber {
        let base = try reduced(base)
        return try unsafe result { result, scratch in
            unsafe BN_mod_exp_mont_consttime(
                result,
                base.pointer,
                exponent.pointer,
                modulus.pointer,
                scratch,
                montgomery
            )
        }
    }

    /// `base` to a power that everybody knows: quicker, in a time that depends on the exponent and not on the base.
    package func power(_ base: BigNumber, public exponent: BigNumber) throws(CryptographyError) -> BigNumber {
        let base = try reduced(base)
        return try unsafe result { result, scratch in
            unsafe BN_mod_exp_mont(result, base.pointer, exponent.pointer, modulus.pointer, scratch, montgomery)
        }
    }

    /// The number whose product with `number` is 1, in a time that depends on the number. Throws where there is none.
    func inverse(_ number: BigNumber) throws(CryptographyError) -> BigNumber {
        try unsafe result { unsafe BN_mod_inverse($0, number.pointer, modulus.pointer, $1) == nil ? 0 : 1 }
    }

    /// `left` times `right`, in a time that may depend on both, as with the two that follow.
    package func product(_ left: BigNumber, _ right: BigNumber) throws(CryptographyError) -> BigNumber {
        try unsafe result { unsafe BN_mod_mul($0, left.pointer, right.pointer, modulus.pointer, $1) }
    }

    /// `left` plus `right`.
    package func sum(_ left: BigNumber, _ right: BigNumber) throws(CryptographyError) -> BigNumber {
        try unsafe result { unsafe BN_mod_add($0, left.pointer, right.pointer, modulus.pointer, $1) }
    }

    /// `left` minus `right`.
    package func difference(_ left: BigNumber, _ right: BigNumber) throws(CryptographyError) -> BigNumber {
        try unsafe result { unsafe BN_mod_sub($0, left.pointer, right.pointer, modulus.pointer, $1) }
    }

    /// The number modulo the modulus.
    package func reduced(_ number: BigNumber) throws(CryptographyError) -> BigNumber {
        try unsafe result { unsafe BN_nnmod($0, number.pointer, modulus.pointer, $1) }
    }

    private func result(
        _ body: (_ result: OpaquePointer, _ scratch: OpaquePointer) -> Int32
    ) throws(CryptographyError) -> BigNumber {
        let scratch = try Scratch()
        guard let result = unsafe BN_new() else { throw .fromOpenSSL("modular arithmetic") }
        let owner = unsafe BigNumber(takingOwnershipOf: result)
        try check(unsafe body(result, scratch.pointer), "modular arithmetic")
        return owner
    }
}

/// Owns one `BN_CTX`: room for intermediate results.
@safe struct Scratch: ~Copyable {
    let pointer: OpaquePointer

    init() throws(CryptographyError) {
        guard let pointer = unsafe BN_CTX_new() else { throw .fromOpenSSL("modular arithmetic") }
        unsafe self.pointer = unsafe pointer
    }

    deinit { unsafe BN_CTX_free(pointer) }
}
