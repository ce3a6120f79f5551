import COpenSSL

/// SHA-256 (FIPS 180-4).
package enum SHA256 {
    /// The digest, 32 bytes.
    package static func digest(_ message: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let code = unsafe EVP_Digest(message, message.count, &digest, nil, Algorithms.sha256, nil)
        // Zeros would pass for a digest.
        precondition(code == 1, "only memory can run out here")
        return digest
    }
}
