package import HTML

/// `/confirm`: the code that shows that a new user's address is theirs.
package struct ConfirmSignUpView: Sendable {
    let page: PageSurroundings
    let form: FormTarget
    let delivery: CodeDelivery?
    let resend: LinkURL?
    let wasResent: Bool
    let signIn: LinkURL?
    let error: PageError?

    /// - Parameters:
    ///   - delivery: Where the code went; nil where that isn't known any more.
    ///   - resend: Where the form is posted to for another code (`/resendcode`).
    ///   - wasResent: Whether this page answers such a post.
    package init(
        page: PageSurroundings,
        form: FormTarget,
        delivery: CodeDelivery?,
        resend: LinkURL? = nil,
        wasResent: Bool = false,
        signIn: LinkURL? = nil,
        error: PageError? = nil
    ) {
        self.page = page
        self.form = form
        self.delivery = delivery
        self.resend = resend
        self.wasResent = wasResent
        self.signIn = signIn
        self.error = error
    }

    /// The page.
    package var html: HTML {
        let texts = page.texts
        let introduction =
            delivery.map { delivery in
                texts.html(
                    delivery.medium == .email ? .confirmCodeSentByEmail : .confirmCodeSentBySMS,
                    delivery.place
                )
            } ?? "\(texts[.confirmCodeSent])"
        let content = PageForm(
            page: page,
            target: form,
            name: "confirmform",
            error: error,
            head: wasResent ? Alert(page: page, kind: .success, text: texts[.codeResent]).html : .empty,
            fields: [CodeField.field(on: page)],
            submit: SubmitButton(name: "confirm", value: "Confirm Account", label: texts[.confirmAccount]),
            foot: "\(ResendLine(page: page, target: resend).html)\(Links.link(.backToSignIn, signIn, on: page))"
        )
        return PageLayout(
            page: page,
            heading: texts[.confirmYourAccount],
            introduction: introduction,
            icon: page.graphic(delivery?.icon ?? Icon.mail, delivery?.medium == .sms ? .sms : .email),
            content: content.html
        ).html
    }
}
