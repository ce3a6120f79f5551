import COpenSSL
import Synchronization

/// Where random bytes come from: a value, so that tests can fix them.
package struct RandomSource: Sendable {
    /// That many random bytes.
    package let bytes: @Sendable (_ count: Int) throws -> [UInt8]
    /// 16 random bytes for an identifier.
    private let identifier: @Sendable () throws -> [UInt8]

    package init(bytes: @escaping @Sendable (Int) throws -> [UInt8]) {
        self.bytes = bytes
        identifier = { try bytes(16) }
    }

    private init(
        bytes: @escaping @Sendable (Int) throws -> [UInt8],
        identifier: @escaping @Sendable () throws -> [UInt8]
    ) {
        self.bytes = bytes
        self.identifier = identifier
    }

    /// OpenSSL's generator, seeded by the kernel.
    package static let system = RandomSource(bytes: fresh, identifier: IdentifierReserve().take)

    @Sendable fileprivate static func fresh(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        try check(unsafe RAND_bytes(&bytes, Int32(count)), "random bytes")
        return bytes
    }

    /// A number in `0..<bound`, each as likely as the next. `bound` is at most 256.
    package func number(below bound: Int) throws -> Int {
        let limit = 256 - 256 % bound
        while true {
            for byte in try bytes(16) where Int(byte) < limit { return Int(byte) % bound }
        }
    }

    /// Text of `count` characters, each drawn evenly from `alphabet` (at most 256 ASCII characters).
    package func text(_ count: Int, from alphabet: String) throws -> String {
        let characters = Array(alphabet.utf8)
        let limit = 256 - 256 % characters.count
        var output: [UInt8] = []
        while output.count < count {
            output += try bytes(count).filter { Int($0) < limit }.map { characters[Int($0) % characters.count] }
        }
        return String(decoding: output.prefix(count), as: UTF8.self)
    }

    /// A random UUID (RFC 9562, version 4) in lower case.
    package func uuid() throws -> String {
        var bytes = try identifier()
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return RandomSource.uuidText(bytes)
    }

    /// A UUID that begins with the time (RFC 9562, version 7) in lower case: those made after each other are near each
    /// other in an index, which then has fewer pages to write.
    package func timeOrderedUUID(milliseconds: Int64) throws -> String {
        var bytes = try identifier()
        for index in 0..<6 { bytes[index] = UInt8(truncatingIfNeeded: milliseconds >> (8 * (5 - index))) }
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        return RandomSource.uuidText(bytes)
    }

    /// The canonical text of 16 bytes as a UUID.
    package static func uuidText(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (place, byte) in bytes.prefix(16).enumerated() {
            if place == 4 || place == 6 || place == 8 || place == 10 { text.append(UInt8(ascii: "-")) }
            Hex.append(byte, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Random bytes drawn ahead, for identifiers alone: a request takes three or four, and asking OpenSSL for many at once
/// costs as much as for one. Secrets are drawn when they are needed.
private final class IdentifierReserve: Sendable {
    private static let size = 4096

    private let reserve = Mutex<[UInt8]>([])

    /// Takes 16 bytes, which nobody gets again.
    @Sendable func take() throws -> [UInt8] {
        try reserve.withLock { reserve in
            if reserve.isEmpty { reserve = try RandomSource.fresh(Self.size) }
            defer { reserve.removeLast(16) }
            return Array(reserve.suffix(16))
        }
    }
}
