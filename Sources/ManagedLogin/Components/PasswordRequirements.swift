import Domain
import HTML

/// What a new password must have, said before it is typed.
struct PasswordRequirements {
    let page: PageSurroundings
    let policy: PasswordPolicy

    var html: HTML {
        let rules: [(holds: Bool, text: String)] = [
            (true, page.texts.text(.passwordLength, String(policy.minimumLength))),
            (policy.requiresLowercase, page.texts[.passwordLowercase]),
            (policy.requiresUppercase, page.texts[.passwordUppercase]),
            (policy.requiresNumbers, page.texts[.passwordNumber]),
            (policy.requiresSymbols, page.texts[.passwordSymbol]),
        ]
        let items: [HTML] = rules.filter(\.holds).map { "<li>\($0.text)</li>" }
        return "<p>\(page.texts[.passwordRequirements])</p><ul class=\"requirements\">\(items)</ul>"
    }

    /// The same for password managers that make one (the `passwordrules` attribute).
    var rules: String {
        var rules = ["minlength: \(policy.minimumLength)", "maxlength: 256"]
        if policy.requiresLowercase { rules.append("required: lower") }
        if policy.requiresUppercase { rules.append("required: upper") }
        if policy.requiresNumbers { rules.append("required: digit") }
        if policy.requiresSymbols { rules.append("required: [-!@#$%^&*_+=?.,]") }
        return rules.joined(separator: "; ") + ";"
    }

    /// The two inputs for a password to come.
    static func fields(on page: PageSurroundings, policy: PasswordPolicy, isNew: Bool) -> [TextField] {
        let requirements = PasswordRequirements(page: page, policy: policy)
        return [
            TextField(
                name: isNew ? FieldName.newPassword : FieldName.password,
                label: page.texts[isNew ? .newPassword : .password],
                type: "password",
                autocomplete: "new-password",
                hint: requirements.html,
                minimumLength: policy.minimumLength,
                passwordRules: requirements.rules
            ),
            TextField(
                name: FieldName.confirmPassword,
                label: page.texts[isNew ? .confirmNewPassword : .confirmPassword],
                type: "password",
                autocomplete: "new-password"
            ),
        ]
    }
}
