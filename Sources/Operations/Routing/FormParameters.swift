import Cryptography
package import HTTPTransport

/// The parameters of a query or of a form's body (WHATWG URL, `application/x-www-form-urlencoded`), in the order in which they
/// came. A form has 200 at most: what is beyond isn't read.
package struct FormParameters: Sendable {
    private static let most = 200

    /// Names and values, decoded.
    package private(set) var pairs: [(name: String, value: String)] = []

    /// Reads a text; nothing is in nil.
    package init(_ text: String?) {
        for pair in (text ?? "").utf8.split(separator: UInt8(ascii: "&"), maxSplits: Self.most).prefix(Self.most) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            pairs.append((Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : ""))
        }
    }

    /// The form in a request's body; nil where it isn't one.
    package init?(bodyOf request: HTTPRequest) {
        let type = request.headers["Content-Type"]?.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        guard type == "application/x-www-form-urlencoded" else { return nil }
        self.init(String(decoding: request.body, as: UTF8.self))
    }

    /// The first value of that name; nil where there is none, or where it is empty, which is the same to OAuth (RFC 6749
    /// section 3.1).
    package subscript(_ name: String) -> String? {
        pairs.first { $0.name == name }.flatMap { $0.value.isEmpty ? nil : $0.value }
    }

    /// Whether a parameter of these names stands there more than once.
    package func repeats(_ names: [String]) -> Bool {
        names.contains { name in pairs.count { $0.name == name } > 1 }
    }

    /// Adds a parameter at the end.
    package mutating func append(_ name: String, _ value: String?) {
        if let value { pairs.append((name, value)) }
    }

    /// Without those of that name.
    package func removing(_ name: String) -> FormParameters {
        var rest = self
        rest.pairs.removeAll { $0.name == name }
        return rest
    }

    /// As a query or a body, escaped.
    package var text: String {
        pairs.map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }.joined(separator: "&")
    }

    /// A text as one part of a query, escaped but for what RFC 3986 leaves unreserved.
    package static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%")] + Array(Hex.encode([byte]).uppercased().utf8)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// What is no escape stays as it is.
    private static func decoded(_ text: Substring.UTF8View.SubSequence) -> String {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                if rest.count >= 2, let escaped = Hex.decode(String(Substring(rest.prefix(2)))) {
                    bytes += escaped
                    rest = rest.dropFirst(2)
                } else {
                    bytes.append(byte)
                }
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
