package import HTTPTransport
import URISyntax

/// The parameters of a query or of a form's body (WHATWG URL, `application/x-www-form-urlencoded`), in the order in
/// which they came. A form has 200 at most: what is beyond isn't read.
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

    /// The first value of that name; nil where there is none, or where it is empty, which is the same to OAuth (RFC
    /// 6749 section 3.1).
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
        pairs.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
    }

    /// A `+` is a space in a form, unlike in the rest of a URL.
    private static func decoded(_ text: Substring.UTF8View.SubSequence) -> String {
        PercentEncoding.decode(text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 })
    }
}
