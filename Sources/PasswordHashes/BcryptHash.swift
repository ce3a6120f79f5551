internal import CCrypt
internal import COpenSSL

/// `$2<a|b|x|y>$cost$<22 of salt><31 of hash>`, by libxcrypt.
struct BcryptHash {
    private static let costs = 4...12
    private static let variants: Set<Substring> = ["2a", "2b", "2x", "2y"]

    private let text: String

    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].isEmpty, Self.variants.contains(parts[1]), parts[2].utf8.count == 2,
            let cost = Int(decimal: parts[2]), Self.costs.contains(cost), parts[3].utf8.count == 53,
            parts[3].utf8.allSatisfy(isDigitOfBcrypt)
        else { return nil }
        self.text = text
    }

    /// Nil where libxcrypt fails.
    func matches(_ password: [UInt8]) -> Bool? {
        var work = crypt_data()
        let phrase = password.map { CChar(bitPattern: $0) } + [0]
        let computed = unsafe withUnsafeMutablePointer(to: &work) { work -> [UInt8]? in
            let size = Int32(MemoryLayout<crypt_data>.size)
            guard let result = unsafe crypt_rn(phrase, text, work, size) else { return nil }
            return Array(unsafe String(cString: result).utf8)
        }
        unsafe withUnsafeMutableBytes(of: &work) { unsafe OPENSSL_cleanse($0.baseAddress, $0.count) }
        guard let computed, computed.count == 60 else { return nil }
        // Of the salt's last character some bits don't count, and not everybody leaves them out.
        return isSame(Array(computed.suffix(31)), Array(text.utf8.suffix(31)))
    }
}

private func isDigitOfBcrypt(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
    default: false
    }
}
