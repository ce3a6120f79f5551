package import CognitoModel

/// Which of a user's sessions is meant.
package struct SessionKey: Hashable, Sendable {
    /// A sign-in at an app, which has a refresh token, or one in a browser, which has a cookie.
    package enum Kind: String, Sendable, CaseIterable {
        case token = "tkn"
        case sso

        var type: SessionTypeType { self == .token ? .token : .sso }
    }

    package let kind: Kind
    package let id: String

    package init(_ kind: Kind, id: String) {
        self.kind = kind
        self.id = id
    }

    private static let digits = 25

    /// As operations name it: `tkn` or `sso`, and its UUID as a number to the base of 36, in 25 digits. Nil where the
    /// id isn't a UUID.
    package var name: String? {
        let hexadecimal = id.filter { $0 != "-" }
        guard hexadecimal.count == 32, let number = UInt128(hexadecimal, radix: 16) else { return nil }
        let text = String(number, radix: 36)
        return kind.rawValue + String(repeating: "0", count: Self.digits - text.count) + text
    }

    /// Nil where no session has that name.
    package init?(named name: String) {
        guard let kind = Kind.allCases.first(where: { name.hasPrefix($0.rawValue) }),
            name.utf8.count == kind.rawValue.utf8.count + Self.digits,
            let number = UInt128(name.dropFirst(kind.rawValue.count), radix: 36)
        else { return nil }
        let text = String(number, radix: 16)
        var hexadecimal = (String(repeating: "0", count: 32 - text.count) + text)[...]
        let id = [8, 4, 4, 4, 12].map { length in
            defer { hexadecimal = hexadecimal.dropFirst(length) }
            return String(hexadecimal.prefix(length))
        }.joined(separator: "-")
        self.init(kind, id: id)
    }

    /// When it was opened, which its id begins with (RFC 9562 section 5.7); nil where the id isn't such a UUID.
    package var createdAt: Timestamp? {
        Int64(id.filter { $0 != "-" }.prefix(12), radix: 16).map(Timestamp.init(milliseconds:))
    }
}
