extension [UInt8] {
    /// Reads a published vector: hexadecimal, white space ignored. Independent of the `Hex` under test.
    init(hex: String) {
        let digits = hex.compactMap(\.hexDigitValue)
        self = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }

    /// The bytes with one bit of one byte changed.
    func flipped(at index: Int) -> [UInt8] {
        var bytes = self
        bytes[index] ^= 1 << UInt8(index % 8)
        return bytes
    }
}
