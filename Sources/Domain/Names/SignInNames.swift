import CognitoModel

/// Under which names a pool's users sign in, and when two names are the same.
package struct SignInNames: Sendable {
    /// Users sign up with an address as their name; the username itself is their `sub`.
    package let usernameAttributes: [String]
    /// Addresses that are further names once they are verified.
    package let aliasAttributes: [String]
    package let isCaseSensitive: Bool

    init(_ configuration: UserPoolType) {
        usernameAttributes = (configuration.usernameAttributes ?? []).map(\.rawValue)
        aliasAttributes = (configuration.aliasAttributes ?? []).map(\.rawValue)
        isCaseSensitive = configuration.usernameConfiguration?.caseSensitive ?? true
    }

    /// Whether users are named by an address, and their username is a UUID.
    package var namesAreAddresses: Bool { !usernameAttributes.isEmpty }

    /// Whether the name has the format of an address by which the pool's users can be found beside their username.
    package func isAlias(_ name: Name) -> Bool {
        aliasAttributes.contains("email") && ContactFormat.isEmail(name.text)
            || aliasAttributes.contains("phone_number") && ContactFormat.isPhoneNumber(name.text)
    }

    /// The form in which names are compared and stored as keys.
    package func key(of name: String) -> String { Name.key(of: name, isCaseSensitive: isCaseSensitive) }

    /// The attribute that a sign-up name stands for, where the pool's users are named by address.
    /// Throws where the name is no such address.
    package func attribute(forUsername name: Name) throws -> String? {
        guard namesAreAddresses else { return nil }
        let takesEmail = usernameAttributes.contains("email")
        let takesPhone = usernameAttributes.contains("phone_number")
        if takesEmail, ContactFormat.isEmail(name.text) { return "email" }
        if takesPhone, ContactFormat.isPhoneNumber(name.text) { return "phone_number" }
        switch (takesEmail, takesPhone) {
        case (true, true): throw UsernameFailure.mustBeEmailOrPhoneNumber
        case (true, false): throw UsernameFailure.mustBeEmail
        default: throw UsernameFailure.mustBePhoneNumber
        }
    }

    /// Throws where a plain username could be taken for somebody's address.
    package func checkPlainUsername(_ name: Name) throws {
        if takesForAddress(name.text, "email", ContactFormat.isEmail) { throw UsernameFailure.looksLikeEmail }
        if takesForAddress(name.text, "phone_number", ContactFormat.isPhoneNumber) {
            throw UsernameFailure.looksLikePhoneNumber
        }
    }

    /// Throws where a `preferred_username` could be taken for somebody's address.
    package func checkPreferredUsername(_ text: String) throws {
        if takesForAddress(text, "email", ContactFormat.isEmail) { throw AttributeFailure.preferredUsernameIsEmail }
        if takesForAddress(text, "phone_number", ContactFormat.isPhoneNumber) {
            throw AttributeFailure.preferredUsernameIsPhoneNumber
        }
    }

    private func takesForAddress(_ text: String, _ attribute: String, _ hasFormat: (String) -> Bool) -> Bool {
        (aliasAttributes.contains(attribute) || usernameAttributes.contains(attribute)) && hasFormat(text)
    }

    /// The further names under which the user can be found, as attribute and key: an alias counts once it is verified
    /// (`preferred_username` at once), an address that stands for the username from the start.
    package func aliases(of attributes: UserAttributes) -> [Alias] {
        let usernames = usernameAttributes.compactMap { name in
            attributes[name].map { Alias(attribute: name, key: key(of: $0)) }
        }
        let verified = aliasAttributes.compactMap { name -> Alias? in
            guard let value = attributes[name], !value.isEmpty else { return nil }
            guard name == "preferred_username" || attributes.isVerified(name) else { return nil }
            return Alias(attribute: name, key: key(of: value))
        }
        // Two attributes of the same value are one name.
        return (usernames + verified).reduce(into: []) { names, name in
            if !names.contains(where: { $0.key == name.key }) { names.append(name) }
        }
    }

    /// The name that stands for the user from the start, so that nobody else can take it as a username or an alias;
    /// nil where that is the `sub`.
    package func username(of user: User) -> Alias? {
        user.username == user.sub ? nil : Alias(attribute: Alias.username, key: key(of: user.username))
    }
}

/// A further name of a user.
package struct Alias: Hashable, Sendable {
    /// What the username itself stands as.
    package static let username = "username"
    /// The attributes of aliases that one user may take from another who has them verified (`ForceAliasCreation`).
    package static let addresses: Set = ["email", "phone_number"]

    /// The attribute it comes from: `email`, `phone_number`, `preferred_username`, or `username`.
    package let attribute: String
    package let key: String

    package init(attribute: String, key: String) {
        self.attribute = attribute
        self.key = key
    }
}
