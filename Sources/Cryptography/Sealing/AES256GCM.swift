import COpenSSL

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D) with 96-bit nonces and 128-bit tags.
package enum AES256GCM {
    /// Sizes in bytes.
    package static let nonceSize = 12
    package static let tagSize = 16

    /// Encrypts and authenticates; returns the ciphertext, as long as the plaintext, and the tag.
    package static func seal(
        _ plaintext: [UInt8],
        key: [UInt8],
        nonce: [UInt8],
        associatedData: [UInt8]
    ) throws -> (ciphertext: [UInt8], tag: [UInt8]) {
        let context = try CipherContext(key: key, nonce: nonce)
        try check(unsafe EVP_EncryptInit_ex2(context.pointer, Algorithms.aes256GCM, key, nonce, nil), "AES-GCM")
        var written: Int32 = 0
        try check(
            unsafe EVP_EncryptUpdate(context.pointer, nil, &written, associatedData, Int32(associatedData.count)),
            "AES-GCM associated data"
        )
        var ciphertext = [UInt8](repeating: 0, count: plaintext.count)
        try check(
            unsafe EVP_EncryptUpdate(context.pointer, &ciphertext, &written, plaintext, Int32(plaintext.count)),
            "AES-GCM"
        )
        var tag = [UInt8](repeating: 0, count: tagSize)
        try check(unsafe EVP_EncryptFinal_ex(context.pointer, &tag, &written), "AES-GCM")
        try check(
            unsafe EVP_CIPHER_CTX_ctrl(context.pointer, EVP_CTRL_AEAD_GET_TAG, Int32(tagSize), &tag),
            "AES-GCM tag"
        )
        return (ciphertext, tag)
    }

    /// The plaintext, or nil where anything was altered: ciphertext, tag, nonce, associated data or key.
    package static func open(
        _ ciphertext: [UInt8],
        tag: [UInt8],
        key: [UInt8],
        nonce: [UInt8],
        associatedData: [UInt8]
    ) throws -> [UInt8]? {
        guard tag.count == tagSize else { return nil }
        let context = try CipherContext(key: key, nonce: nonce)
        try check(unsafe EVP_DecryptInit_ex2(context.pointer, Algorithms.aes256GCM, key, nonce, nil), "AES-GCM")
        var written: Int32 = 0
        try check(
            unsafe EVP_DecryptUpdate(context.pointer, nil, &written, associatedData, Int32(associatedData.count)),
            "AES-GCM associated data"
        )
        var plaintext = [UInt8](repeating: 0, count: ciphertext.count)
        try check(
            unsafe EVP_DecryptUpdate(context.pointer, &plaintext, &written, ciphertext, Int32(ciphertext.count)),
            "AES-GCM"
        )
        var expected = tag
        try check(
            unsafe EVP_CIPHER_CTX_ctrl(context.pointer, EVP_CTRL_AEAD_SET_TAG, Int32(tagSize), &expected),
            "AES-GCM tag"
        )
        var rest = [UInt8](repeating: 0, count: tagSize)
        guard unsafe EVP_DecryptFinal_ex(context.pointer, &rest, &written) == 1 else {
            ERR_clear_error()
            return nil
        }
        return plaintext
    }
}

/// Owns one `EVP_CIPHER_CTX`.
@safe private struct CipherContext: ~Copyable {
    let pointer: OpaquePointer

    init(key: [UInt8], nonce: [UInt8]) throws(CryptographyError) {
        guard key.count == 32, nonce.count == AES256GCM.nonceSize else {
            throw CryptographyError("AES-GCM", reason: "a key of 32 and a nonce of 12 bytes are needed")
        }
        guard let pointer = unsafe EVP_CIPHER_CTX_new() else { throw .fromOpenSSL("AES-GCM") }
        unsafe self.pointer = unsafe pointer
    }

    deinit { unsafe EVP_CIPHER_CTX_free(pointer) }
}
