package import HTML

/// `/forgotPassword`: whose password is to be reset.
package struct ForgotPasswordView: Sendable {
    let page: PageSurroundings
    let form: FormTarget
    let usernames: UsernameKind
    let username: String?
    let signIn: LinkURL?
    let error: PageError?

    package init(
        page: PageSurroundings,
        form: FormTarget,
        usernames: UsernameKind,
        username: String? = nil,
        signIn: LinkURL? = nil,
        error: PageError? = nil
    ) {
        self.page = page
        self.form = form
        self.usernames = usernames
        self.username = username
        self.signIn = signIn
        self.error = error
    }

    /// The page.
    package var html: HTML {
        var name = usernames.field(on: page, value: username)
        name.classicID = "username"
        let content = PageForm(
            page: page,
            target: form,
            error: error,
            fields: [name],
            submit: SubmitButton(
                name: "reset_my_password",
                value: "Reset my password",
                label: page.texts[.resetMyPassword]
            ),
            foot: Links.link(.backToSignIn, signIn, on: page)
        )
        return PageLayout(
            page: page,
            heading: page.texts[.forgotPassword],
            introduction: "\(page.texts[.forgotPasswordIntroduction])",
            content: content.html
        ).html
    }
}
