import COpenSSL

/// Owns one `EVP_PKEY_CTX`: a kind of operation with a key.
///
/// Invariant behind `@unchecked Sendable`: one that several threads share is only copied, which changes nothing in it.
@safe struct KeyContext: ~Copyable, @unchecked Sendable {
    let pointer: OpaquePointer

    private init(taking pointer: OpaquePointer?) throws(CryptographyError) {
        guard let pointer = unsafe pointer else { throw .fromOpenSSL("RSA") }
        unsafe self.pointer = unsafe pointer
    }

    init(_ key: PublicKeyHandle) throws(CryptographyError) {
        try unsafe self.init(taking: EVP_PKEY_CTX_new(key.pointer, nil))
    }

    deinit { unsafe EVP_PKEY_CTX_free(pointer) }

    /// A copy to work with. Preparing one anew takes about 8 µs of looking algorithms up while other threads do.
    borrowing func copy() throws(CryptographyError) -> KeyContext {
        try unsafe KeyContext(taking: EVP_PKEY_CTX_dup(pointer))
    }

    /// Prepares for RSASSA-PKCS1-v1_5 with SHA-256, in the direction that `start` begins.
    static func signature(
        _ key: PublicKeyHandle,
        _ start: (OpaquePointer) -> Int32
    ) throws(CryptographyError) -> KeyContext {
        let context = try KeyContext(key)
        try check(unsafe start(context.pointer), "RSA signature")
        try check(unsafe EVP_PKEY_CTX_set_rsa_padding(context.pointer, RSA_PKCS1_PADDING), "RSA padding")
        try check(unsafe EVP_PKEY_CTX_set_signature_md(context.pointer, EVP_sha256()), "RSA digest")
        return context
    }
}
