import COpenSSL

/// An RSA private key that signs (RS256) and opens what was encrypted to it.
package final class RSAPrivateKey: Sendable {
    private let key: PublicKeyHandle
    private let signing: KeyContext
    /// The key for lanes; nil where there are none, or none that take it.
    let laneKey: LaneKey?

    private init(takingOwnershipOf key: PublicKeyHandle) throws(CryptographyError) {
        self.key = key
        laneKey = Lanes.areAvailable ? LaneKey(key) : nil
        signing = try unsafe KeyContext.signature(key) { unsafe EVP_PKEY_sign_init($0) }
    }

    /// Makes a new key. About 0.1 s of work for 2048 bits: never on a thread that others wait for.
    package static func generate(bits: Int = 2048) throws(CryptographyError) -> RSAPrivateKey {
        guard let pointer = unsafe martlet_rsa_generate(UInt32(bits)) else { throw .fromOpenSSL("RSA key generation") }
        return try RSAPrivateKey(takingOwnershipOf: unsafe PublicKeyHandle(takingOwnershipOf: pointer))
    }

    /// Reads a key in PKCS #8 DER.
    package convenience init(pkcs8 der: [UInt8]) throws(CryptographyError) {
        let pointer = unsafe der.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return unsafe d2i_AutoPrivateKey(nil, &start, buffer.count)
        }
        guard let pointer = unsafe pointer else { throw .fromOpenSSL("reading an RSA key") }
        let key = unsafe PublicKeyHandle(takingOwnershipOf: pointer)
        guard unsafe EVP_PKEY_get_base_id(key.pointer) == EVP_PKEY_RSA else {
            throw CryptographyError("reading an RSA key", reason: "it is a key of another kind")
        }
        try self.init(takingOwnershipOf: key)
    }

    /// The key in PKCS #8 DER. A secret: seal it.
    package var pkcs8: [UInt8] {
        get throws(CryptographyError) {
            guard let information = unsafe EVP_PKEY2PKCS8(key.pointer) else { throw .fromOpenSSL("writing an RSA key") }
            defer { unsafe PKCS8_PRIV_KEY_INFO_free(information) }
            var output: UnsafeMutablePointer<UInt8>?
            let count = unsafe i2d_PKCS8_PRIV_KEY_INFO(information, &output)
            guard count > 0, let output = unsafe output else { throw .fromOpenSSL("writing an RSA key") }
            defer { unsafe CRYPTO_clear_free(output, Int(count), nil, 0) }
            return unsafe Array(UnsafeBufferPointer(start: output, count: Int(count)))
        }
    }

    /// The public half.
    package var publicKey: RSAPublicKey {
        get throws(CryptographyError) { try RSAPublicKey(of: key) }
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256 over the message (RFC 7518 section 3.3). One RSA private operation.
    package func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        try sign(digest: SHA256.digest(message))
    }

    func sign(digest: [UInt8]) throws(CryptographyError) -> [UInt8] {
        let context = try signing.copy()
        var signature = [UInt8](repeating: 0, count: Int(unsafe EVP_PKEY_get_size(key.pointer)))
        var length = signature.count
        try check(unsafe EVP_PKEY_sign(context.pointer, &signature, &length, digest, digest.count), "RSA signature")
        return signature
    }

    /// Decrypts RSAES-OAEP with SHA-1, or returns nil where it was not encrypted to this key. One private operation.
    package func openOAEP(_ ciphertext: [UInt8]) throws(CryptographyError) -> [UInt8]? {
        let context = try KeyContext(key)
        try check(unsafe EVP_PKEY_decrypt_init(context.pointer), "RSA-OAEP")
        try check(unsafe EVP_PKEY_CTX_set_rsa_padding(context.pointer, RSA_PKCS1_OAEP_PADDING), "RSA-OAEP")
        var plaintext = [UInt8](repeating: 0, count: Int(unsafe EVP_PKEY_get_size(key.pointer)))
        var length = plaintext.count
        guard unsafe EVP_PKEY_decrypt(context.pointer, &plaintext, &length, ciphertext, ciphertext.count) == 1 else {
            ERR_clear_error()
            return nil
        }
        return Array(plaintext.prefix(length))
    }
}
