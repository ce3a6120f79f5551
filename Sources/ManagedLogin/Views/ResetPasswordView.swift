package import Domain
package import HTML

/// `/confirmforgotPassword`: the code that was sent, and the password to come.
package struct ResetPasswordView: Sendable {
    let page: PageSurroundings
    let form: FormTarget
    let policy: PasswordPolicy
    let delivery: CodeDelivery?
    let resend: LinkURL?
    let wasResent: Bool
    let signIn: LinkURL?
    let error: PageError?

    /// - Parameters:
    ///   - delivery: Where the code went; nil where that isn't to be told.
    ///   - resend: Where the form is posted to for another code; nil where there is none to be had.
    ///   - wasResent: Whether this page answers such a post.
    package init(
        page: PageSurroundings,
        form: FormTarget,
        policy: PasswordPolicy,
        delivery: CodeDelivery?,
        resend: LinkURL? = nil,
        wasResent: Bool = false,
        signIn: LinkURL? = nil,
        error: PageError? = nil
    ) {
        self.page = page
        self.form = form
        self.policy = policy
        self.delivery = delivery
        self.resend = resend
        self.wasResent = wasResent
        self.signIn = signIn
        self.error = error
    }

    /// The page.
    package var html: HTML {
        let texts = page.texts
        let content = PageForm(
            page: page,
            target: form,
            error: error,
            head: wasResent ? Alert(page: page, kind: .success, text: texts[.codeResent]).html : .empty,
            fields: [CodeField.field(on: page)]
                + PasswordRequirements.fields(on: page, policy: policy, isNew: true),
            submit: SubmitButton(name: "reset_password", value: "Change Password", label: texts[.changePassword]),
            foot: "\(ResendLine(page: page, target: resend).html)\(Links.link(.backToSignIn, signIn, on: page))"
        )
        return PageLayout(
            page: page,
            heading: texts[.resetPassword],
            introduction: delivery.map { texts.html(.resetCodeSent, $0.place) } ?? "\(texts[.resetCodeSentUnknown])",
            content: content.html
        ).html
    }
}
