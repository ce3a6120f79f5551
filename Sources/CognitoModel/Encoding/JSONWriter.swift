/// A value that writes itself as JSON.
package protocol JSONEncodable {
    func encode(into json: inout JSONWriter)
}

extension JSONEncodable {
    /// The value as JSON text.
    package var jsonBytes: [UInt8] {
        var json = JSONWriter()
        encode(into: &json)
        return json.bytes
    }
}

/// Writes JSON straight to bytes, members in the order they come: answers and token claims read as Cognito's do, and
/// no intermediate tree is built.
package struct JSONWriter: Sendable {
    /// What was written so far.
    package private(set) var bytes: [UInt8]
    private var needsComma = false

    /// Room for that many bytes is made at once.
    package init(capacity: Int = 512) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Objects and arrays, which hold what is written before their end.
    package mutating func beginObject() { open(UInt8(ascii: "{")) }
    package mutating func endObject() { close(UInt8(ascii: "}")) }
    package mutating func beginArray() { open(UInt8(ascii: "[")) }
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    /// The name of a member; its value follows.
    package mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A string, escaped where it must be.
    package mutating func string(_ value: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        // Nearly every string needs no escape: it is copied whole, and looked through afterwards.
        let start = bytes.count
        bytes.append(contentsOf: value.utf8)
        if bytes[start...].contains(where: Self.mustEscape) {
            bytes.removeSubrange(start...)
            value.utf8.forEach { appendEscaped($0) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func mustEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        case ..<0x20, 0x7F:
            bytes.append(contentsOf: "\\u00".utf8)
            bytes.append(contentsOf: (byte < 16 ? "0" : "").utf8)
            bytes.append(contentsOf: String(byte, radix: 16).utf8)
        default: bytes.append(byte)
        }
    }

    /// Text that is JSON already: a number, a literal.
    package mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    /// A member, or nothing where the value is absent.
    package mutating func member(_ name: String, _ value: (some JSONEncodable)?) {
        guard let value else { return }
        key(name)
        value.encode(into: &self)
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}
