internal import CArgon2

/// `$argon2id$v=19$m=…,t=…,p=…$<salt>$<hash>`, by libargon2.
struct Argon2idHash {
    private static let mostMemory = 19_456
    private static let mostTime = 2
    private static let parallelism = 1

    private let text: String

    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", ["v=16", "v=19"].contains(parts[2]),
            let cost = Self.cost(parts[3]), (8...Self.mostMemory).contains(cost.memory),
            (1...Self.mostTime).contains(cost.time), cost.parallelism == Self.parallelism,
            let salt = bytes(base64: parts[4]), let hash = bytes(base64: parts[5]), saltSizes.contains(salt.count),
            hashSizes.contains(hash.count), !parts[4].contains("."), !parts[5].contains(".")
        else { return nil }
        // libargon2 takes base64 without padding alone.
        self.text = Self.unpadded(parts)
    }

    private static func unpadded(_ parts: [Substring]) -> String {
        let ends = parts.suffix(2).map { part in String(part.prefix { $0 != "=" }) }
        return (parts.prefix(4).map(String.init) + ends).joined(separator: "$")
    }

    private static func cost(_ text: Substring) -> (memory: Int, time: Int, parallelism: Int)? {
        let values = text.split(separator: ",", omittingEmptySubsequences: false)
        guard values.count == 3, values[0].hasPrefix("m="), values[1].hasPrefix("t="), values[2].hasPrefix("p="),
            let memory = Int(decimal: values[0].dropFirst(2)), let time = Int(decimal: values[1].dropFirst(2)),
            let parallelism = Int(decimal: values[2].dropFirst(2))
        else { return nil }
        return (memory, time, parallelism)
    }

    /// Nil where libargon2 fails. It compares in constant time.
    func matches(_ password: [UInt8]) -> Bool? {
        switch unsafe argon2id_verify(text, password, password.count) {
        case ARGON2_OK.rawValue: true
        case ARGON2_VERIFY_MISMATCH.rawValue: false
        default: nil
        }
    }
}
