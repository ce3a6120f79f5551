import COpenSSL

/// HMAC with SHA-256 (RFC 2104) by one key, which is prepared once.
///
/// Invariant behind `@unchecked Sendable`: the context is only copied after `init`.
@safe package final class HMACSHA256Key: @unchecked Sendable {
    private let prepared: OpaquePointer

    /// Prepares a key of any length.
    package init(_ key: [UInt8]) throws(CryptographyError) {
        guard let algorithm = unsafe Algorithms.hmac, let prepared = unsafe EVP_MAC_CTX_new(algorithm) else {
            throw .fromOpenSSL("HMAC")
        }
        unsafe self.prepared = unsafe prepared
        try check(unsafe martlet_hmac_sha256_begin(prepared, key, key.count), "HMAC")
    }

    deinit { unsafe EVP_MAC_CTX_free(prepared) }

    /// The authentication code, 32 bytes.
    package func code(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard let context = unsafe EVP_MAC_CTX_dup(prepared) else { throw .fromOpenSSL("HMAC") }
        defer { unsafe EVP_MAC_CTX_free(context) }
        var code = [UInt8](repeating: 0, count: 32)
        var length = 0
        try check(unsafe EVP_MAC_update(context, message, message.count), "HMAC")
        try check(unsafe EVP_MAC_final(context, &code, &length, code.count), "HMAC")
        return code
    }
}

/// HMAC with SHA-256 (RFC 2104).
package enum HMACSHA256 {
    /// The authentication code, 32 bytes.
    package static func code(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let result = unsafe HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, &length)
        // Zeros would pass for a code.
        unsafe precondition(result != nil, "only memory can run out here")
        return code
    }
}

/// Whether two secrets are equal, in a time that tells nothing of where they differ. Lengths aren't secret.
package func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return unsafe CRYPTO_memcmp(left, right, left.count) == 0
}

/// Whether two secret texts are equal, in a time that tells nothing of where they differ.
package func constantTimeEqual(_ left: String, _ right: String) -> Bool {
    constantTimeEqual(Array(left.utf8), Array(right.utf8))
}
