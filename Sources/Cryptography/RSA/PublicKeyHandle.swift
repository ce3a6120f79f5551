import COpenSSL

/// Owns one `EVP_PKEY`.
///
/// Invariant behind `@unchecked Sendable`: the key is never changed after it is made, and OpenSSL guards the lazily
/// computed parts (blinding, Montgomery contexts) with locks of its own.
@safe final class PublicKeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    @unsafe init(takingOwnershipOf pointer: OpaquePointer) { unsafe self.pointer = pointer }

    deinit { unsafe EVP_PKEY_free(pointer) }

    /// One of the key's numbers by OpenSSL's name of it, big-endian.
    func number(_ name: String) throws(CryptographyError) -> [UInt8] {
        var number: OpaquePointer?
        try check(unsafe EVP_PKEY_get_bn_param(pointer, name, &number), "reading an RSA key")
        defer { unsafe BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: Int(unsafe BN_num_bits(number) + 7) / 8)
        _ = unsafe BN_bn2bin(number, &bytes)
        return bytes
    }

    /// One of the key's numbers, which may be a secret; nil where the key has none by that name.
    func bigNumber(_ name: String) -> BigNumber? {
        var number: OpaquePointer?
        guard unsafe EVP_PKEY_get_bn_param(pointer, name, &number) == 1, let number = unsafe number else {
            ERR_clear_error()
            return nil
        }
        return unsafe BigNumber(takingOwnershipOf: number)
    }
}
