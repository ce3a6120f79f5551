import Cryptography

/// A query string of `name=value` pairs, percent-decoded. A `+` stays a plus: it begins telephone numbers, and
/// addresses hold no spaces.
struct FormQuery: Sendable {
    private let pairs: [(name: String, value: String)]

    init(_ query: String?) {
        pairs = (query ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
        }
    }

    /// The first value of that name.
    subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// RFC 3986 section 2.1. What is no escape stays as it is.
    private static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let escaped = Hex.decode(String(Substring(rest.prefix(2)))) {
                bytes += escaped
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
