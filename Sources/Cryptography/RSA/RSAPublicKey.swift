import COpenSSL

/// An RSA public key that verifies signatures and encrypts to its owner.
package final class RSAPublicKey: Sendable {
    private let key: PublicKeyHandle
    private let verification: KeyContext
    /// The modulus, big-endian without leading zeros.
    package let modulus: [UInt8]
    /// The public exponent, big-endian without leading zeros.
    package let exponent: [UInt8]

    init(of key: PublicKeyHandle) throws(CryptographyError) {
        self.key = key
        verification = try unsafe KeyContext.signature(key) { unsafe EVP_PKEY_verify_init($0) }
        modulus = try key.number(OSSL_PKEY_PARAM_RSA_N)
        exponent = try key.number(OSSL_PKEY_PARAM_RSA_E)
    }

    /// Reads a key in SubjectPublicKeyInfo DER.
    package convenience init(der: [UInt8]) throws(CryptographyError) {
        let pointer = unsafe der.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return unsafe d2i_PUBKEY(nil, &start, buffer.count)
        }
        guard let pointer = unsafe pointer else { throw .fromOpenSSL("reading an RSA public key") }
        try self.init(of: unsafe PublicKeyHandle(takingOwnershipOf: pointer))
    }

    /// The key in SubjectPublicKeyInfo DER.
    package var der: [UInt8] {
        get throws(CryptographyError) {
            var output: UnsafeMutablePointer<UInt8>?
            let count = unsafe i2d_PUBKEY(key.pointer, &output)
            guard count > 0, let output = unsafe output else { throw .fromOpenSSL("writing an RSA public key") }
            defer { unsafe CRYPTO_free(output, nil, 0) }
            return unsafe Array(UnsafeBufferPointer(start: output, count: Int(count)))
        }
    }

    /// Whether `signature` is RSASSA-PKCS1-v1_5 with SHA-256 over the message. One RSA public operation.
    package func verify(_ signature: [UInt8], over message: [UInt8]) throws(CryptographyError) -> Bool {
        let context = try verification.copy()
        let digest = SHA256.digest(message)
        let code = unsafe EVP_PKEY_verify(context.pointer, signature, signature.count, digest, digest.count)
        if code != 1 { ERR_clear_error() }
        return code == 1
    }

    /// Encrypts a short message by RSAES-OAEP with SHA-1 (RFC 8017 section 7.1). One RSA public operation.
    package func sealOAEP(_ plaintext: [UInt8]) throws(CryptographyError) -> [UInt8] {
        let context = try KeyContext(key)
        try check(unsafe EVP_PKEY_encrypt_init(context.pointer), "RSA-OAEP")
        try check(unsafe EVP_PKEY_CTX_set_rsa_padding(context.pointer, RSA_PKCS1_OAEP_PADDING), "RSA-OAEP")
        var ciphertext = [UInt8](repeating: 0, count: Int(unsafe EVP_PKEY_get_size(key.pointer)))
        var length = ciphertext.count
        try check(
            unsafe EVP_PKEY_encrypt(context.pointer, &ciphertext, &length, plaintext, plaintext.count),
            "RSA-OAEP"
        )
        return Array(ciphertext.prefix(length))
    }
}
