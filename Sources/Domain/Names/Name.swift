import CognitoModel
import TextNormalization

/// A name that somebody typed to say who a user is: a username, an alias or a `sub`.
///
/// It is in Unicode's normalization form C from here on, so that names that look the same are the same bytes, and it is
/// folded once, as its pool compares names.
package struct Name: Hashable, Sendable {
    /// As it was typed, but for its form.
    package let text: String
    /// By which it is compared and stored.
    package let key: String

    /// Throws `UsernameFailure.malformed` where no user can have that name (`UsernameType` of the model).
    init(_ typed: String, isCaseSensitive: Bool) throws(UsernameFailure) {
        guard StringConstraint.usernameType.isMet(by: typed) else { throw .malformed }
        text = typed.nfc
        key = Self.key(of: text, isCaseSensitive: isCaseSensitive)
    }

    /// What a text is to those that don't distinguish case.
    package static func folded(_ text: String) -> String { key(of: text, isCaseSensitive: false) }

    /// The form in which names are compared and stored as keys.
    static func key(of text: String, isCaseSensitive: Bool) -> String {
        isCaseSensitive ? text.nfc : text.nfc.lowercased().nfc
    }
}

extension UserPool {
    /// The name as this pool compares names. Throws `UsernameFailure.malformed` where no user can have it.
    package func name(_ typed: String) throws(UsernameFailure) -> Name {
        try Name(typed, isCaseSensitive: signInNames.isCaseSensitive)
    }
}
