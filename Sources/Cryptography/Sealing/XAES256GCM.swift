import COpenSSL

/// XAES-256-GCM (C2SP.org/XAES-256-GCM): AES-256-GCM under a key that is derived anew for each message from the first
/// half of a 192-bit nonce, by NIST SP 800-108's KDF in counter mode over CMAC.
///
/// Under one key of AES-GCM at most 2³² messages with random nonces may be sealed (SP 800-38D section 8.3); of this one
/// it is 2⁸⁰, and nobody has to count.
struct XAES256GCMKey: Sendable {
    /// In bytes.
    static let nonceSize = 24

    private let key: [UInt8]
    /// CMAC's first subkey.
    private let subkey: [UInt8]

    /// Prepares a key of 32 bytes.
    init(_ key: [UInt8]) throws(CryptographyError) {
        self.key = key
        var subkey = try encryptBlocks([UInt8](repeating: 0, count: 16), key: key)
        let carry = subkey[0] >> 7
        for index in subkey.indices { subkey[index] = subkey[index] << 1 | (index < 15 ? subkey[index + 1] >> 7 : 0) }
        subkey[15] ^= carry * 0x87
        self.subkey = subkey
    }

    /// Encrypts and authenticates; returns the ciphertext, as long as the plaintext, and the tag.
    func seal(
        _ plaintext: [UInt8],
        nonce: [UInt8],
        associatedData: [UInt8]
    ) throws -> (ciphertext: [UInt8], tag: [UInt8]) {
        try AES256GCM.seal(
            plaintext,
            key: messageKey(nonce),
            nonce: Array(nonce.suffix(AES256GCM.nonceSize)),
            associatedData: associatedData
        )
    }

    /// The plaintext, or nil where anything was altered: ciphertext, tag, nonce, associated data or key.
    func open(_ ciphertext: [UInt8], tag: [UInt8], nonce: [UInt8], associatedData: [UInt8]) throws -> [UInt8]? {
        try AES256GCM.open(
            ciphertext,
            tag: tag,
            key: messageKey(nonce),
            nonce: Array(nonce.suffix(AES256GCM.nonceSize)),
            associatedData: associatedData
        )
    }

    private func messageKey(_ nonce: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard nonce.count == Self.nonceSize else {
            throw CryptographyError("XAES-256-GCM", reason: "a nonce of 24 bytes is needed")
        }
        // CMAC of one whole block each, by which the standard's KDF counts.
        var blocks: [UInt8] = []
        blocks.reserveCapacity(32)
        for counter in [UInt8(1), 2] {
            blocks += [0, counter, UInt8(ascii: "X"), 0]
            blocks += nonce.prefix(12)
        }
        for index in blocks.indices { blocks[index] ^= subkey[index % 16] }
        return try encryptBlocks(blocks, key: key)
    }
}

/// AES-256 of single blocks.
private func encryptBlocks(_ blocks: [UInt8], key: [UInt8]) throws(CryptographyError) -> [UInt8] {
    guard key.count == 32 else { throw CryptographyError("AES", reason: "a key of 32 bytes is needed") }
    guard let context = unsafe EVP_CIPHER_CTX_new() else { throw .fromOpenSSL("AES") }
    defer { unsafe EVP_CIPHER_CTX_free(context) }
    try check(unsafe EVP_EncryptInit_ex2(context, Algorithms.aes256ECB, key, nil, nil), "AES")
    try check(unsafe EVP_CIPHER_CTX_set_padding(context, 0), "AES")
    var encrypted = [UInt8](repeating: 0, count: blocks.count)
    var written: Int32 = 0
    try check(unsafe EVP_EncryptUpdate(context, &encrypted, &written, blocks, Int32(blocks.count)), "AES")
    return encrypted
}
