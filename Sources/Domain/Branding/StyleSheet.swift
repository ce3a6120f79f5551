/// A style sheet for the classic pages: rules for their classes, and nothing that reaches further.
struct StyleSheet {
    private static let classes: Set = [
        "background", "banner", "errorMessage", "idpButton", "idpDescription", "inputField", "label", "legalText",
        "logo", "passwordCheck-valid", "passwordCheck-notValid", "redirect", "socialButton", "submitButton",
        "textDescription",
    ]
    private static let states = [
        "idpButton": "hover", "submitButton": "hover", "socialButton": "hover", "inputField": "focus",
    ]
    /// What a value can't hold, in lower case and without comments: it could run or load something, or end the element
    /// that the sheet stands in.
    private static let forbidden = ["javascript:", "expression(", "behavior:", "-moz-binding", "</", "<!--", "\\"]

    private let text: String

    init(_ text: String) { self.text = text }

    /// Throws `BrandingFailure` for at-rules, scripts, and selectors that aren't of the pages.
    func check() throws {
        var rest = Substring(try withoutComments())
        let lowercase = rest.lowercased()
        if let found = Self.forbidden.first(where: lowercase.contains) { throw BrandingFailure.forbiddenStyle(found) }
        if let rule = rest.firstIndex(of: "@") {
            let name = rest[rule...].prefix { !$0.isWhitespace && $0 != "{" && $0 != ";" }
            throw BrandingFailure.forbiddenStyle(String(name.prefix(64)))
        }
        while let open = rest.firstIndex(of: "{") {
            for selector in rest[..<open].split(separator: ",", omittingEmptySubsequences: false) {
                try Self.check(selector: selector.trimmed)
            }
            guard let close = rest[open...].firstIndex(of: "}"),
                !rest[rest.index(after: open)..<close].contains("{")
            else { throw BrandingFailure.unreadableStyleSheet }
            rest = rest[rest.index(after: close)...]
        }
        guard rest.trimmed.isEmpty else { throw BrandingFailure.unreadableStyleSheet }
    }

    private static func check(selector: Substring) throws {
        let parts = selector.split(separator: ":", omittingEmptySubsequences: false)
        let suffix = "-customizable"
        guard let first = parts.first, parts.count <= 2, first.hasPrefix("."), first.hasSuffix(suffix),
            classes.contains(String(first.dropFirst().dropLast(suffix.count)))
        else { throw BrandingFailure.unknownSelector(String(selector.prefix(64))) }
        let name = String(first.dropFirst().dropLast(suffix.count))
        if parts.count == 2, states[name] != String(parts[1]) {
            throw BrandingFailure.unknownSelector(String(selector.prefix(64)))
        }
    }

    private func withoutComments() throws -> String {
        var result = ""
        var isComment = false
        var previous: Character?
        for character in text {
            if isComment {
                if previous == "*", character == "/" {
                    isComment = false
                    previous = nil
                } else {
                    previous = character
                }
            } else if previous == "/", character == "*" {
                result.removeLast()
                isComment = true
                previous = nil
            } else {
                result.append(character)
                previous = character
            }
        }
        guard !isComment else { throw BrandingFailure.unreadableStyleSheet }
        return result
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let start = drop { $0.isWhitespace }
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { start[...$0] } ?? start[start.startIndex..<start.startIndex]
    }
}
