package import Domain
package import HTML

/// `/signup`: a name, a password, and what the pool requires of its users.
package struct SignUpView: Sendable {
    /// The documents that users agree to by signing up, where the client has both.
    package struct Terms: Sendable {
        let termsOfUse: LinkURL
        let privacyPolicy: LinkURL

        package init(termsOfUse: LinkURL, privacyPolicy: LinkURL) {
            self.termsOfUse = termsOfUse
            self.privacyPolicy = privacyPolicy
        }
    }

    let page: PageSurroundings
    let form: FormTarget
    let usernames: UsernameKind
    let username: String?
    let policy: PasswordPolicy?
    let attributes: [AttributeField]
    let terms: Terms?
    let providers: [IdentityProviderButton]
    let signIn: LinkURL?
    let error: PageError?

    /// - Parameters:
    ///   - usernames: What a user is named by when signing up; never a username beside something else.
    ///   - policy: What is asked of passwords; nil where none is asked for.
    ///   - attributes: What else is asked for, without the one that is the username.
    package init(
        page: PageSurroundings,
        form: FormTarget,
        usernames: UsernameKind,
        username: String? = nil,
        policy: PasswordPolicy?,
        attributes: [AttributeField] = [],
        terms: Terms? = nil,
        providers: [IdentityProviderButton] = [],
        signIn: LinkURL? = nil,
        error: PageError? = nil
    ) {
        self.page = page
        self.form = form
        self.usernames = usernames
        self.username = username
        self.policy = policy
        self.attributes = attributes
        self.terms = terms
        self.providers = providers
        self.signIn = signIn
        self.error = error
    }

    /// The page.
    package var html: HTML {
        var name = usernames.field(on: page, value: username)
        name.classicID = nil
        let passwords = policy.map { PasswordRequirements.fields(on: page, policy: $0, isNew: false) } ?? []
        // The classic page asks for a password once, and what apps' tests send is just that.
        let asked = page.isClassic ? passwords.prefix(1) : passwords[...]
        let own = PageForm(
            page: page,
            target: form,
            name: "signupform",
            error: error,
            fields: [name] + attributes.map { $0.field(on: page) } + asked,
            tail: agreement,
            submit: SubmitButton(name: "signUpButton", value: "Sign up", label: page.texts[.signUp])
        ).html
        let others: HTML =
            providers.isEmpty
            ? .empty
            : """
            <div class="divider"><span>\(page.texts[.or])</span></div>\
            <div class="providers">\(providers.map { $0.html(on: page) })</div>
            """
        return PageLayout(
            page: page,
            heading: page.texts[.signUp],
            introduction: "\(page.texts[.signUpIntroduction])",
            isWide: attributes.count > 3,
            content: "\(own)\(others)\(Links.question(.alreadyHaveAccount, .signIn, signIn, on: page))"
        ).html
    }

    private var agreement: HTML {
        guard let terms else { return .empty }
        let text = page.texts.html(
            .terms,
            "<a\(href: terms.termsOfUse) target=\"_blank\" rel=\"noopener\">\(page.texts[.termsOfUse])</a>",
            "<a\(href: terms.privacyPolicy) target=\"_blank\" rel=\"noopener\">\(page.texts[.privacyPolicy])</a>"
        )
        return "<p class=\"\(page.classes("terms", classic: "legalText-customizable"))\">\(text)</p>"
    }
}
