/// What a SAML provider's metadata say of where to send requests by redirect. No XML reader: the start tags of services
/// are looked for, and nothing else is taken from the text.
struct SAMLMetadata {
    private static let redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
    private static let longest = 4 << 20

    private let text: String

    init(_ text: String) { self.text = text.utf8.count > Self.longest ? "" : text }

    /// The `Location` of the service's first endpoint that is bound to redirects.
    func location(of service: String) -> String? {
        for tag in text.split(separator: "<", omittingEmptySubsequences: true) {
            let tag = tag.prefix { $0 != ">" }
            let name = tag.prefix { !$0.isWhitespace && $0 != "/" }
            guard name == service || name.hasSuffix(":\(service)"), tag.contains(Self.redirect) else { continue }
            if value(of: "Binding", in: tag) == Self.redirect, let location = value(of: "Location", in: tag) {
                return location
            }
        }
        return nil
    }

    /// An attribute's value, without its quotes.
    private func value(of name: String, in tag: Substring) -> String? {
        var rest = tag.drop { !$0.isWhitespace }
        while let equals = rest.firstIndex(of: "=") {
            let found = rest[..<equals].filter { !$0.isWhitespace }
            let quoted = rest[rest.index(after: equals)...].drop { $0.isWhitespace }
            guard let quote = quoted.first, quote == "\"" || quote == "'" else { return nil }
            let value = quoted.dropFirst().prefix { $0 != quote }
            if found == name {
                return String(value).replacing("&quot;", with: "\"").replacing("&lt;", with: "<")
                    .replacing("&gt;", with: ">").replacing("&apos;", with: "'").replacing("&amp;", with: "&")
            }
            rest = quoted[value.endIndex...].dropFirst()
        }
        return nil
    }
}
