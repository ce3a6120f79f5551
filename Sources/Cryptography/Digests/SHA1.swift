import COpenSSL

/// SHA-1 (FIPS 180-4), by which lists of compromised passwords are kept; for nothing that has to resist anybody.
package enum SHA1 {
    /// The digest, 20 bytes.
    package static func digest(_ message: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 20)
        let code = unsafe EVP_Digest(message, message.count, &digest, nil, EVP_sha1(), nil)
        // Zeros would pass for a digest.
        precondition(code == 1, "only memory can run out here")
        return digest
    }
}
