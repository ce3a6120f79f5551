import Domain

/// An address of a mail's header, with the name that is shown for it (RFC 5322, `mailbox`).
package struct Mailbox: Hashable, Sendable {
    /// The name; empty for none.
    package let name: HeaderText
    /// One address, and nothing that could be read as a second one or as the end of a line.
    package let address: String

    /// An address as Cognito takes it, or else as `address` alone. Nil for what is none.
    package init?(name: String = "", address: String) {
        guard ContactFormat.isEmail(address) || Self.isLocal(address) else { return nil }
        self.name = HeaderText(name)
        self.address = address
    }

    /// Reads `address` or `Name <address>`, with or without quotation marks around the name.
    package init?(_ text: String) {
        guard text.hasSuffix(">"), let bracket = text.lastIndex(of: "<") else {
            self.init(name: "", address: text)
            return
        }
        var name = HeaderText(String(text[..<bracket])).text
        if name.count >= 2, name.first == "\"", name.last == "\"" {
            name = Self.unescaped(name.dropFirst().dropLast())
        }
        self.init(name: name, address: String(text[text.index(after: bracket)...].dropLast()))
    }

    /// What stands behind the `@`.
    package var domain: Substring { address.split(separator: "@", maxSplits: 1).last ?? "" }

    /// As the words of a header field.
    var words: [String] { name.text.isEmpty ? [address] : name.phrase + ["<\(address)>"] }

    /// A host of one label, such as `localhost`, which operators may name and users can't.
    private static func isLocal(_ address: String) -> Bool {
        address.split(separator: "@", omittingEmptySubsequences: false).count == 2
            && ContactFormat.isEmail("\(address).local")
    }

    private static func unescaped(_ text: Substring) -> String {
        var (result, isEscaped) = ("", false)
        for character in text {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                result.append(character)
                isEscaped = false
            }
        }
        return result
    }
}
