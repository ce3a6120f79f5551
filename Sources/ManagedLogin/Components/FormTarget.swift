package import HTML

/// Where a form posts to, and what it sends beside what is filled in.
package struct FormTarget: Sendable {
    /// The path of an endpoint with the query of the request.
    package let action: LinkURL
    /// The token that shows that the form is ours, sent as `csrf`, by classic pages as `_csrf`.
    package let antiForgeryToken: String
    /// Hidden fields, such as `session` or `username`.
    package let hidden: [(name: String, value: String)]

    package init(action: LinkURL, antiForgeryToken: String, hidden: [(name: String, value: String)] = []) {
        self.action = action
        self.antiForgeryToken = antiForgeryToken
        self.hidden = hidden
    }
}

/// The names of the fields that the pages' forms send.
package enum FieldName {
    /// The names of the anti-forgery token in managed login and on classic pages.
    package static func antiForgery(_ version: PageVersion) -> String { version == .classic ? "_csrf" : "csrf" }
    /// What names the user.
    package static let username = "username"
    /// The password of a sign-in or a sign-up.
    package static let password = "password"
    /// A code that was sent, or that an authenticator app shows.
    package static let code = "code"
    /// The password to come.
    package static let newPassword = "new_password"
    /// The same once more, of sign-up too.
    package static let confirmPassword = "confirm_password"
    /// What the browser says of itself; always empty, as nothing here collects it.
    package static let advancedSecurityData = "cognitoAsfData"
    /// The button that was pressed where a first factor is chosen: a value of `ChallengeName`.
    package static let challenge = "challenge"
    /// The button that was pressed where a second factor is chosen: a value of `ChallengeName`.
    package static let secondFactor = "mfa"
    /// The name of an authenticator app's device.
    package static let deviceName = "friendly_device_name"
    /// An e-mail address for second factors.
    package static let email = "email"
    /// What a passkey answered: the JSON of a `PublicKeyCredential`.
    package static let credential = "credential"
    /// The button that was pressed to leave out what is offered.
    package static let skip = "skip"
    /// The button that was pressed to get another code.
    package static let resend = "resend"

    /// An attribute of the user.
    package static func attribute(_ name: String) -> String { "requiredAttributes[\(name)]" }
}
