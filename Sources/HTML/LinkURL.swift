import URISyntax

/// A URL that a page may lead to, post to or load from: a path of our own, or an absolute one whose scheme runs nothing
/// in the page. A text becomes one only by a check.
package struct LinkURL: Sendable, Hashable {
    /// The URL, not escaped for HTML.
    package let text: String

    /// A path of our own that stands in the code, with what it is asked for; names and values are percent-encoded.
    package init(path: StaticString, query: [(name: String, value: String)] = []) {
        text = "\(path)" + Self.encoded(query)
    }

    /// A path of our own with its query as a request had it; nil for what isn't one. `//host` and `/\host` are other
    /// servers for a browser, and no path.
    package init?(ownPath text: String) {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.count < 2 || !Self.isSlash(bytes[1]), Self.isPlain(bytes) else {
            return nil
        }
        self.text = text
    }

    /// An absolute URL by `https`, `http` or an app's own scheme (RFC 8252 section 7.1); nil for anything else, such as
    /// `javascript:` and what else a browser itself acts on.
    package init?(absolute text: String) {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let scheme = text[..<colon].lowercased()
        let rest = Array(text[colon...].utf8.dropFirst())
        guard Self.isScheme(scheme), !Self.actedOnByBrowsers.contains(scheme), !rest.isEmpty, Self.isPlain(rest) else {
            return nil
        }
        if scheme == "https" || scheme == "http" {
            guard rest.count > 2, rest[0] == UInt8(ascii: "/"), rest[1] == UInt8(ascii: "/"), !Self.isSlash(rest[2])
            else {
                return nil
            }
        }
        self.text = text
    }

    /// This URL with more to ask for; it must not have a fragment.
    package func asking(_ query: [(name: String, value: String)]) -> LinkURL {
        if query.isEmpty { return self }
        let more = Self.encoded(query)
        return LinkURL(checked: text + (text.contains("?") ? "&" + more.dropFirst() : more))
    }

    /// What is under this path, which has no query: the name is one segment, percent-encoded.
    package func appending(_ name: String) -> LinkURL {
        LinkURL(checked: text + (text.hasSuffix("/") ? "" : "/") + PercentEncoding.encode(name))
    }

    private init(checked text: String) { self.text = text }

    /// Schemes that a browser runs, opens or shows itself rather than hands to an app.
    private static let actedOnByBrowsers: Set = [
        "javascript", "vbscript", "livescript", "data", "blob", "filesystem", "file", "about", "view-source", "jar",
        "chrome", "chrome-extension", "edge", "moz-extension", "resource", "ws", "wss", "ftp", "intent", "wyciwyg",
    ]

    /// RFC 3986 section 3.1.
    private static func isScheme(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) }
    }

    /// Whether there is nothing that browsers drop, or read as something else: spaces, controls, backslashes.
    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }
    }

    private static func isSlash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }
    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func encoded(_ query: [(name: String, value: String)]) -> String {
        var text = ""
        for (index, item) in query.enumerated() {
            text += index == 0 ? "?" : "&"
            text += PercentEncoding.encode(item.name) + "=" + PercentEncoding.encode(item.value)
        }
        return text
    }
}
