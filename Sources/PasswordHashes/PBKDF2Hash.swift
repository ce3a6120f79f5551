internal import COpenSSL

/// `$pbkdf2-sha256$<iterations>$<salt>$<hash>`, in base64 with or without padding, or with `.` for `+`, by OpenSSL.
struct PBKDF2Hash {
    private static let mostIterations = 600_000

    private let iterations: Int
    private let salt: [UInt8]
    private let hash: [UInt8]

    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "pbkdf2-sha256", let iterations = Int(decimal: parts[2]),
            (1...Self.mostIterations).contains(iterations), let salt = bytes(base64: parts[3]),
            let hash = bytes(base64: parts[4]), saltSizes.contains(salt.count), hashSizes.contains(hash.count)
        else { return nil }
        self.iterations = iterations
        self.salt = salt
        self.hash = hash
    }

    /// Nil where OpenSSL fails.
    func matches(_ password: [UInt8]) -> Bool? {
        var computed = [UInt8](repeating: 0, count: hash.count)
        let phrase = password.map { CChar(bitPattern: $0) }
        let code = unsafe PKCS5_PBKDF2_HMAC(
            phrase,
            Int32(phrase.count),
            salt,
            Int32(salt.count),
            Int32(iterations),
            EVP_sha256(),
            Int32(computed.count),
            &computed
        )
        return code == 1 ? isSame(computed, hash) : nil
    }
}
