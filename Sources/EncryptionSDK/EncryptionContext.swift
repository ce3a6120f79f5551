/// What a message says openly, and can't be changed in it.
package struct EncryptionContext: Sendable {
    private let pairs: [(name: String, value: String)]

    /// A context of these pairs.
    package init(_ pairs: [String: String]) {
        self.pairs = pairs.map { ($0.key, $0.value) }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// The number of pairs, and each name and value after its length, by the names' bytes. Nothing where there are
    /// none.
    var bytes: [UInt8] {
        guard !pairs.isEmpty else { return [] }
        var bytes: [UInt8] = []
        bytes.append(UInt16(pairs.count))
        for pair in pairs {
            bytes.append(field: Array(pair.name.utf8))
            bytes.append(field: Array(pair.value.utf8))
        }
        return bytes
    }
}

extension [UInt8] {
    /// Adds an integer, the most significant byte first.
    mutating func append(_ number: some FixedWidthInteger & UnsignedInteger) {
        for place in stride(from: number.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: number >> place))
        }
    }

    /// Adds bytes after their number, which is below 65,536.
    mutating func append(field bytes: [UInt8]) {
        append(UInt16(truncatingIfNeeded: bytes.count))
        self += bytes
    }
}
