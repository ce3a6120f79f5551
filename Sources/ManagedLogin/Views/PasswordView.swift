package import HTML

/// The password, where the username came first.
package struct PasswordView: Sendable {
    let page: PageSurroundings
    let form: FormTarget
    let username: String
    let changeUser: LinkURL?
    let forgotPassword: LinkURL?
    let anotherWay: LinkURL?
    let error: PageError?

    /// The username isn't a field that is filled in: the form's hidden fields, or the session, tell it.
    package init(
        page: PageSurroundings,
        form: FormTarget,
        username: String,
        changeUser: LinkURL? = nil,
        forgotPassword: LinkURL? = nil,
        anotherWay: LinkURL? = nil,
        error: PageError? = nil
    ) {
        self.page = page
        self.form = form
        self.username = username
        self.changeUser = changeUser
        self.forgotPassword = forgotPassword
        self.anotherWay = anotherWay
        self.error = error
    }

    /// The page.
    package var html: HTML {
        let password = TextField(
            name: FieldName.password,
            label: page.texts[.password],
            type: "password",
            autocomplete: "current-password",
            maximumLength: 256,
            classicID: "signInFormPassword"
        )
        let reset = forgotPassword.map {
            "<p class=\"forgot-line\"><a class=\"forgot\"\(href: $0)>\(page.texts[.forgotPassword])</a></p>" as HTML
        }
        let content = PageForm(
            page: page,
            target: form,
            error: error,
            head: "\(Links.account(username, change: changeUser, on: page))\(RememberedName.html(username))",
            fields: [password],
            tail: "\(reset)",
            submit: SubmitButton(name: "signInSubmitButton", value: "Sign in", label: page.texts[.signIn]),
            foot: Links.link(.anotherWay, anotherWay, on: page)
        )
        return PageLayout(page: page, heading: page.texts[.enterPassword], content: content.html).html
    }
}
