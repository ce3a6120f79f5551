import CPostgreSQL

/// Values in PostgreSQL's binary format, in one run of bytes.
struct PostgreSQLParameters {
    private var bytes: [UInt8] = []
    /// Where each value is in `bytes`; nil for null.
    private var ranges: [Range<Int>?] = []

    init(_ parameters: [SQL.Parameter]) throws(DatabaseError) {
        ranges.reserveCapacity(parameters.count)
        for parameter in parameters {
            let start = bytes.count
            switch parameter.value {
            case .null:
                ranges.append(nil)
                continue
            case .text(let text):
                bytes.append(contentsOf: text.utf8)
                guard !bytes[start...].contains(0) else {
                    throw DatabaseError(.invalidText, "Text may not hold a NUL character.")
                }
            case .integer(let integer):
                for shift in stride(from: 56, through: 0, by: -8) {
                    bytes.append(UInt8(truncatingIfNeeded: integer >> Int64(shift)))
                }
            case .boolean(let boolean):
                bytes.append(boolean ? 1 : 0)
            case .bytes(let value):
                bytes.append(contentsOf: value)
            }
            ranges.append(start..<bytes.count)
        }
        // An empty value needs an address too, because no address means null.
        bytes.append(0)
    }

    /// Gives libpq's arrays of addresses, lengths and formats to the body.
    func withPointers<Result>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Result
    ) -> Result {
        unsafe bytes.withUnsafeBytes { bytes in
            let base = unsafe bytes.bindMemory(to: CChar.self).baseAddress
            let addresses = unsafe ranges.map { range in
                unsafe range.flatMap { unsafe base?.advanced(by: $0.lowerBound) }
            }
            let lengths = ranges.map { Int32($0?.count ?? 0) }
            let formats = [Int32](repeating: 1, count: ranges.count)
            return unsafe addresses.withUnsafeBufferPointer { addresses in
                unsafe lengths.withUnsafeBufferPointer { lengths in
                    unsafe formats.withUnsafeBufferPointer { formats in
                        unsafe body(addresses.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }
}
