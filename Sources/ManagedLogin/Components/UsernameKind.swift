/// What names the users of a pool: a username, or what its `UsernameAttributes` or `AliasAttributes` say.
package enum UsernameKind: Sendable, CaseIterable {
    case username, email, phoneNumber
    case emailOrPhoneNumber, usernameOrEmail, usernameOrPhoneNumber, any

    /// By what a user can be named beside, or instead of, a username.
    package init(username: Bool, email: Bool, phoneNumber: Bool) {
        self =
            switch (username, email, phoneNumber) {
            case (true, true, true): .any
            case (true, true, false): .usernameOrEmail
            case (true, false, true): .usernameOrPhoneNumber
            case (false, true, true): .emailOrPhoneNumber
            case (false, true, false): .email
            case (false, false, true): .phoneNumber
            case (_, false, false): .username
            }
    }

    private var label: TextKey {
        switch self {
        case .username: .username
        case .email: .email
        case .phoneNumber: .phoneNumber
        case .emailOrPhoneNumber: .emailOrPhoneNumber
        case .usernameOrEmail: .usernameOrEmail
        case .usernameOrPhoneNumber: .usernameOrPhoneNumber
        case .any: .usernameEmailOrPhoneNumber
        }
    }

    /// The input for it. `autocomplete` is for the browser: whose name it is, and whether passkeys are offered.
    func field(on page: PageSurroundings, value: String?, autocomplete: String = "username") -> TextField {
        TextField(
            name: FieldName.username,
            label: page.texts[label],
            type: self == .email ? "email" : self == .phoneNumber ? "tel" : "text",
            value: value,
            autocomplete: autocomplete,
            inputMode: self == .email ? "email" : self == .phoneNumber ? "tel" : nil,
            placeholder: self == .email ? "name@host.com" : self == .phoneNumber ? "+14325551212" : nil,
            maximumLength: 2048,
            classicID: "signInFormUsername"
        )
    }
}
