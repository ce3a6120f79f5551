import Cryptography

/// Text that can stand in a mail's header: it has no control and nothing else that any reader takes for a line's end,
/// so that no header field can be made out of what pools and users say.
package struct HeaderText: Hashable, Sendable {
    /// As it is shown.
    package let text: String

    /// Takes a text; what can't stand in a header becomes a space.
    package init(_ text: String) {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isLineOrControl =
                switch scalar.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator: true
                default: false
                }
            scalars.append(isLineOrControl ? " " : scalar)
        }
        let shown = String(scalars)
        self.text = shown.split(separator: " ").joined(separator: " ")
    }

    /// As unstructured text (RFC 5322, 3.2.5): as it is, or in encoded words.
    var unstructured: [String] {
        let words = text.split(separator: " ").map(String.init)
        return canStandAsItIs && words.allSatisfy { $0.utf8.count <= 66 } ? words : encodedWords
    }

    /// As the name before an address (RFC 5322, `phrase`): in quotation marks, or in encoded words.
    var phrase: [String] {
        guard canStandAsItIs, text.utf8.count <= 60 else { return encodedWords }
        let quoted = text.reduce(into: "") { quoted, character in
            if character == "\"" || character == "\\" { quoted.append("\\") }
            quoted.append(character)
        }
        return ["\"\(quoted)\""]
    }

    /// Whether nothing in it needs, or looks like, an encoded word.
    private var canStandAsItIs: Bool { text.utf8.allSatisfy { $0 < 0x80 } && !text.contains("=?") }

    /// Encoded words in UTF-8 and base64 (RFC 2047), of 64 characters at most, each of whole characters.
    private var encodedWords: [String] {
        // With `Subject: ` before the first one a line has 73 then, of 76 that it may have.
        var words: [[UInt8]] = []
        var current: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            if current.count + bytes.count > 39 {
                words.append(current)
                current = []
            }
            current += bytes
        }
        if !current.isEmpty { words.append(current) }
        return words.map { "=?UTF-8?B?\(Base64.encode($0))?=" }
    }
}

/// A header field, folded so that lines have 78 characters at most where a word isn't longer (RFC 5322, 2.1.1).
struct HeaderField {
    /// Without the line's end.
    let line: String

    /// A field whose words come from `HeaderText`, from addresses, or are our own.
    init(_ name: String, _ words: [String]) {
        var line = "\(name):"
        var column = line.utf8.count
        var isFirst = true
        for word in words {
            // A line of a field's name alone is more than some servers bear.
            if column + 1 + word.utf8.count > 78, !isFirst {
                line += "\r\n"
                column = 0
            }
            line += " \(word)"
            column += 1 + word.utf8.count
            isFirst = false
        }
        self.line = line
    }
}
