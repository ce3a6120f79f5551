/// How operations name a session: `tkn` and its UUID as a number to the base of 36, in 25 digits.
package enum SessionName {
    private static let prefix = "tkn"
    private static let digits = 25

    /// Nil where the id isn't a UUID.
    package static func name(of id: String) -> String? {
        let hexadecimal = id.filter { $0 != "-" }
        guard hexadecimal.count == 32, let number = UInt128(hexadecimal, radix: 16) else { return nil }
        let text = String(number, radix: 36)
        return prefix + String(repeating: "0", count: digits - text.count) + text
    }

    /// The session's id; nil where no session has that name.
    package static func id(of name: String) -> String? {
        guard name.hasPrefix(prefix), name.utf8.count == prefix.utf8.count + digits,
            let number = UInt128(name.dropFirst(prefix.count), radix: 36)
        else { return nil }
        let text = String(number, radix: 16)
        var hexadecimal = (String(repeating: "0", count: 32 - text.count) + text)[...]
        return [8, 4, 4, 4, 12].map { length in
            defer { hexadecimal = hexadecimal.dropFirst(length) }
            return String(hexadecimal.prefix(length))
        }.joined(separator: "-")
    }
}
