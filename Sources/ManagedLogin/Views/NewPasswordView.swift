package import Domain
package import HTML

/// The password that replaces a temporary one, and the attributes that the user lacks (`NEW_PASSWORD_REQUIRED`).
package struct NewPasswordView: Sendable {
    let page: PageSurroundings
    let form: FormTarget
    let policy: PasswordPolicy
    let attributes: [AttributeField]
    let username: String?
    let error: PageError?

    package init(
        page: PageSurroundings,
        form: FormTarget,
        policy: PasswordPolicy,
        attributes: [AttributeField] = [],
        username: String? = nil,
        error: PageError? = nil
    ) {
        self.page = page
        self.form = form
        self.policy = policy
        self.attributes = attributes
        self.username = username
        self.error = error
    }

    /// The page.
    package var html: HTML {
        let content = PageForm(
            page: page,
            target: form,
            error: error,
            head: "\(username.map { "\(Links.account($0, change: nil, on: page))\(RememberedName.html($0))" as HTML })",
            fields: PasswordRequirements.fields(on: page, policy: policy, isNew: true)
                + attributes.map { $0.field(on: page) },
            submit: SubmitButton(label: page.texts[.changePassword])
        )
        return PageLayout(
            page: page,
            heading: page.texts[.changePassword],
            introduction: attributes.isEmpty
                ? "\(page.texts[.newPasswordIntroduction])"
                : "\(page.texts[.newPasswordIntroduction]) \(page.texts[.missingAttributes])",
            content: content.html
        ).html
    }
}
