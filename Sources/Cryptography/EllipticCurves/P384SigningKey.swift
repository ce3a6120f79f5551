import COpenSSL

/// A key that signs by ECDSA on the curve P-384 with SHA-384 (FIPS 186-5).
package struct P384SigningKey: Sendable {
    private let key: PublicKeyHandle
    /// The public point, compressed (SEC 1, 2.3.3): 49 bytes.
    package let compressedPublicKey: [UInt8]

    /// Makes a new key.
    package static func generate() throws(CryptographyError) -> P384SigningKey {
        guard let pointer = unsafe martlet_p384_generate() else { throw .fromOpenSSL("making a key of P-384") }
        return try P384SigningKey(unsafe PublicKeyHandle(takingOwnershipOf: pointer))
    }

    private init(_ key: PublicKeyHandle) throws(CryptographyError) {
        self.key = key
        var encoded: UnsafeMutablePointer<UInt8>?
        let count = unsafe EVP_PKEY_get1_encoded_public_key(key.pointer, &encoded)
        guard let encoded = unsafe encoded else { throw .fromOpenSSL("reading a key of P-384") }
        defer { unsafe CRYPTO_free(encoded, nil, 0) }
        let point = unsafe Array(UnsafeBufferPointer(start: encoded, count: count))
        // 4, and the two coordinates of 48 bytes. Compressed, it is x, and whether y is odd.
        guard point.count == 97, point[0] == 4 else {
            throw CryptographyError("reading a key of P-384", reason: "the point isn't uncompressed")
        }
        compressedPublicKey = [2 + (point[96] & 1)] + point[1...48]
    }

    /// A signature in DER, of 101 to 104 bytes mostly.
    package func signature(over message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard let context = unsafe EVP_MD_CTX_new() else { throw .fromOpenSSL("ECDSA") }
        defer { unsafe EVP_MD_CTX_free(context) }
        try check(unsafe EVP_DigestSignInit(context, nil, EVP_sha384(), nil, key.pointer), "ECDSA")
        var length = Int(unsafe EVP_PKEY_get_size(key.pointer))
        var signature = [UInt8](repeating: 0, count: length)
        try check(unsafe EVP_DigestSign(context, &signature, &length, message, message.count), "ECDSA")
        return Array(signature.prefix(length))
    }
}
