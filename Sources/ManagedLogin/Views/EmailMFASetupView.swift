package import HTML

/// The enrolment of an e-mail address for second factors.
package struct EmailMFASetupView: Sendable {
    let page: PageSurroundings
    let form: FormTarget
    let email: String?
    let anotherWay: LinkURL?
    let error: PageError?

    package init(
        page: PageSurroundings,
        form: FormTarget,
        email: String? = nil,
        anotherWay: LinkURL? = nil,
        error: PageError? = nil
    ) {
        self.page = page
        self.form = form
        self.email = email
        self.anotherWay = anotherWay
        self.error = error
    }

    /// The page.
    package var html: HTML {
        let address = TextField(
            name: FieldName.email,
            label: page.texts[.email],
            type: "email",
            value: email,
            autocomplete: "email",
            inputMode: "email",
            placeholder: "name@host.com",
            maximumLength: 2048
        )
        let content = PageForm(
            page: page,
            target: form,
            error: error,
            fields: [address],
            submit: SubmitButton(label: page.texts[.sendCode]),
            foot: Links.link(.anotherWay, anotherWay, on: page)
        )
        return PageLayout(
            page: page,
            heading: page.texts[.setUpEmail],
            introduction: "\(page.texts[.setUpEmailIntroduction])",
            icon: page.graphic(Icon.mail, .email),
            content: content.html
        ).html
    }
}
