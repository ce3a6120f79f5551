import COpenSSL

/// HMAC with SHA-1 (RFC 2104), which authenticator apps need; for nothing else.
package enum HMACSHA1 {
    /// The authentication code, 20 bytes.
    package static func code(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 20)
        var length: UInt32 = 0
        let result = unsafe HMAC(EVP_sha1(), key, Int32(key.count), message, message.count, &code, &length)
        // Zeros would pass for a code.
        unsafe precondition(result != nil, "only memory can run out here")
        return code
    }
}
