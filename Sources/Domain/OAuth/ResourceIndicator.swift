/// The resource that an access token is for (RFC 8707 section 2).
package enum ResourceIndicator {
    private static let longest = 1024

    /// Whether a text is an absolute URL of a resource, without a fragment: by TLS, of this machine, or of a scheme of
    /// an app's own (developer guide, "Resource binding").
    package static func isValid(_ text: String) -> Bool {
        guard text.utf8.count <= longest, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.contains("#"),
            let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
        else { return false }
        let scheme = text[..<colon].lowercased()
        guard let first = scheme.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
            text[colon...].hasPrefix("://"), text[colon...].utf8.count > 3
        else { return false }
        guard scheme == "http" else { return true }
        return text.dropFirst("http://".count).hasPrefix("localhost")
    }
}
