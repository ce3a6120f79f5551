import CognitoModel

/// The `Filter` of ListUsers: one attribute, `=` or `^=`, and a quoted value, whose case counts for `username` and
/// `status` alone.
package struct UserFilter: Hashable, Sendable {
    package enum Attribute: String, CaseIterable, Sendable {
        case username, email, name, sub
        case phoneNumber = "phone_number"
        case givenName = "given_name"
        case familyName = "family_name"
        case preferredUsername = "preferred_username"
        /// The user's status, in any case.
        case userStatus = "cognito:user_status"
        /// `Enabled` or `Disabled`.
        case enabled = "status"
    }

    package enum Comparison: Sendable {
        case equals, startsWith
    }

    package let attribute: Attribute
    package let comparison: Comparison
    package let value: String

    /// Nil for an empty filter, which lists everybody. Throws `UserFilterFailure` for what can't be read, and
    /// for attributes that can't be searched.
    package init?(_ text: String) throws {
        var rest = text[...].trimmingPrefix(while: \.isWhitespace)
        guard !rest.isEmpty else { return nil }
        let quotesName = rest.first == "\""
        if quotesName { rest = rest.dropFirst() }
        let name = rest.prefix { $0.isLetter || $0.isNumber || "_:-".contains($0) }
        guard !name.isEmpty else { throw UserFilterFailure.unreadable }
        rest = rest.dropFirst(name.count)
        if quotesName {
            guard rest.first == "\"" else { throw UserFilterFailure.unreadable }
            rest = rest.dropFirst()
        }
        rest = rest.trimmingPrefix(while: \.isWhitespace)
        if rest.hasPrefix("^=") {
            comparison = .startsWith
            rest = rest.dropFirst(2)
        } else if rest.hasPrefix("=") {
            comparison = .equals
            rest = rest.dropFirst(1)
        } else {
            throw UserFilterFailure.unreadable
        }
        value = try Self.quoted(rest.trimmingPrefix(while: \.isWhitespace))
        guard let attribute = Attribute(rawValue: String(name)) else {
            throw UserFilterFailure.unsearchable(String(name))
        }
        self.attribute = attribute
        if comparison == .startsWith, attribute == .enabled { throw UserFilterFailure.unreadable }
    }

    /// The text between the quotes, `\"` and `\\` unescaped; nothing but white space may follow.
    private static func quoted(_ text: Substring) throws -> String {
        guard text.first == "\"" else { throw UserFilterFailure.unreadable }
        var value = ""
        var rest = text.dropFirst()
        while let character = rest.popFirst() {
            switch character {
            case "\\":
                guard let escaped = rest.popFirst() else { throw UserFilterFailure.unreadable }
                value.append(escaped)
            case "\"":
                guard rest.allSatisfy(\.isWhitespace) else { throw UserFilterFailure.unreadable }
                return value
            default: value.append(character)
            }
        }
        throw UserFilterFailure.unreadable
    }
}
