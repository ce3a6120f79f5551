internal import COpenSSL

/// `N$r$p$<salt in hex>$<hash in hex>`, by OpenSSL.
struct ScryptHash {
    private static let mostN = 65_536
    private static let mostR = 8
    private static let mostP = 1

    private let n: Int
    private let r: Int
    private let p: Int
    private let salt: [UInt8]
    private let hash: [UInt8]

    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, let n = Int(decimal: parts[0]), let r = Int(decimal: parts[1]),
            let p = Int(decimal: parts[2]), (2...Self.mostN).contains(n), n & (n - 1) == 0,
            (1...Self.mostR).contains(r), (1...Self.mostP).contains(p), let salt = bytes(hex: parts[3]),
            let hash = bytes(hex: parts[4]), saltSizes.contains(salt.count), hashSizes.contains(hash.count)
        else { return nil }
        self.n = n
        self.r = r
        self.p = p
        self.salt = salt
        self.hash = hash
    }

    /// Nil where OpenSSL fails.
    func matches(_ password: [UInt8]) -> Bool? {
        var computed = [UInt8](repeating: 0, count: hash.count)
        let phrase = password.map { CChar(bitPattern: $0) }
        let memory = UInt64(128 * n * r + 1 << 20)
        let code = unsafe EVP_PBE_scrypt(
            phrase,
            phrase.count,
            salt,
            salt.count,
            UInt64(n),
            UInt64(r),
            UInt64(p),
            memory,
            &computed,
            computed.count
        )
        return code == 1 ? isSame(computed, hash) : nil
    }
}
