package import HTML

/// A code that was sent by e-mail or text message, as a first or second factor.
package struct CodeView: Sendable {
    let page: PageSurroundings
    let form: FormTarget
    let delivery: CodeDelivery
    let resend: LinkURL?
    let wasResent: Bool
    let anotherWay: LinkURL?
    let error: PageError?

    /// - Parameters:
    ///   - resend: Where the form is posted to for another code; nil where there is none to be had.
    ///   - wasResent: Whether this page answers such a post.
    package init(
        page: PageSurroundings,
        form: FormTarget,
        delivery: CodeDelivery,
        resend: LinkURL? = nil,
        wasResent: Bool = false,
        anotherWay: LinkURL? = nil,
        error: PageError? = nil
    ) {
        self.page = page
        self.form = form
        self.delivery = delivery
        self.resend = resend
        self.wasResent = wasResent
        self.anotherWay = anotherWay
        self.error = error
    }

    /// The page.
    package var html: HTML {
        let isEmail = delivery.medium == .email
        let content = PageForm(
            page: page,
            target: form,
            error: error,
            head: wasResent ? Alert(page: page, kind: .success, text: page.texts[.codeResent]).html : .empty,
            fields: [CodeField.field(on: page)],
            submit: SubmitButton(label: page.texts[.continue]),
            foot: "\(ResendLine(page: page, target: resend).html)\(Links.link(.anotherWay, anotherWay, on: page))"
        )
        return PageLayout(
            page: page,
            heading: page.texts[isEmail ? .checkEmail : .checkPhone],
            introduction: page.texts.html(isEmail ? .codeSentByEmail : .codeSentBySMS, delivery.place),
            icon: page.graphic(delivery.icon, isEmail ? .email : .sms),
            content: content.html
        ).html
    }
}

/// The line that offers another code.
struct ResendLine {
    let page: PageSurroundings
    let target: LinkURL?

    var html: HTML {
        guard let target else { return .empty }
        let button = SubmitButton(
            name: FieldName.resend,
            value: "true",
            label: page.texts[.resendCode],
            style: .link,
            skipsValidation: true,
            target: target
        )
        return """
            <p class="\(page.classes("links", classic: "redirect-customizable"))"><span>\(page.texts[.didntReceiveCode])\
            </span> \(button.html(on: page))</p>
            """
    }
}
