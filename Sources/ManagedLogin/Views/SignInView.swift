package import HTML

/// `/login`: a username and, unless factors are chosen after it, a password; providers; the way to sign up.
package struct SignInView: Sendable {
    let page: PageSurroundings
    let form: FormTarget?
    let usernames: UsernameKind
    let asksPassword: Bool
    let username: String?
    let offersPasskeys: Bool
    let passkeyOptions: String?
    let forgotPassword: LinkURL?
    let signUp: LinkURL?
    let providers: [IdentityProviderButton]
    let error: PageError?

    /// - Parameters:
    ///   - form: Where it is sent; nil where users of the pool itself can't sign in, and there are providers alone.
    ///   - asksPassword: False where the username comes first, and the choice of factors after it.
    ///   - username: What is filled in already (`login_hint`, or what was sent before).
    ///   - offersPasskeys: Whether browsers may show passkeys among the names that they fill in.
    ///   - passkeyOptions: The request options (JSON) that are answered if one of them is picked; nil asks nothing.
    ///   - forgotPassword: Where a forgotten password is reset, if the pool lets users do so.
    ///   - signUp: Where users sign up, if the pool lets them.
    package init(
        page: PageSurroundings,
        form: FormTarget?,
        usernames: UsernameKind,
        asksPassword: Bool = true,
        username: String? = nil,
        offersPasskeys: Bool = false,
        passkeyOptions: String? = nil,
        forgotPassword: LinkURL? = nil,
        signUp: LinkURL? = nil,
        providers: [IdentityProviderButton] = [],
        error: PageError? = nil
    ) {
        self.page = page
        self.form = form
        self.usernames = usernames
        self.asksPassword = asksPassword
        self.username = username
        self.offersPasskeys = offersPasskeys
        self.passkeyOptions = passkeyOptions
        self.forgotPassword = forgotPassword
        self.signUp = signUp
        self.providers = providers
        self.error = error
    }

    /// The page.
    package var html: HTML {
        let parts = [ownForm, providerList].filter { !$0.isEmpty }
        let ordered = page.theme.providersComeFirst ? parts.reversed() : parts
        let divider: HTML = "<div class=\"divider\"><span>\(page.texts[.or])</span></div>"
        let content: HTML = ordered.count == 2 ? "\(ordered[0])\(divider)\(ordered[1])" : "\(ordered)"
        return PageLayout(
            page: page,
            heading: page.texts[.signIn],
            introduction: "\(page.texts[.signInIntroduction])",
            usesPasskeys: passkeyOptions != nil,
            content: "\(content)\(Links.question(.newUser, .createAccount, signUp, on: page))"
        ).html
    }

    private var ownForm: HTML {
        guard let form else {
            return error.map { Alert(page: page, kind: .error, text: $0.text.text(in: page.texts)).html } ?? .empty
        }
        let reset = forgotPassword.map {
            "<a class=\"\(page.classes("forgot", classic: "redirect-customizable"))\"\(href: $0)>\(page.texts[.forgotPassword])</a>"
                as HTML
        }
        let name = usernames.field(
            on: page,
            value: username,
            autocomplete: offersPasskeys ? "username webauthn" : "username"
        )
        let password = TextField(
            name: FieldName.password,
            label: page.texts[.password],
            type: "password",
            autocomplete: "current-password",
            maximumLength: 256,
            classicID: "signInFormPassword"
        )
        return PageForm(
            page: page,
            target: form,
            name: "cognitoSignInForm",
            error: error,
            fields: asksPassword ? [name, password] : [name],
            tail: "\(reset.map { "<p class=\"forgot-line\">\($0)</p>" as HTML })",
            submit: SubmitButton(
                name: "signInSubmitButton",
                value: "Sign in",
                label: page.texts[asksPassword ? .signIn : .next]
            ),
            passkey: passkeyOptions.map { PasskeyTask(kind: .conditional, options: $0) }
        ).html
    }

    private var providerList: HTML {
        providers.isEmpty ? .empty : "<div class=\"providers\">\(providers.map { $0.html(on: page) })</div>"
    }
}
