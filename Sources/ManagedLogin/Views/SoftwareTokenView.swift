package import HTML

/// The code of an authenticator app, as the second factor.
package struct SoftwareTokenView: Sendable {
    let page: PageSurroundings
    let form: FormTarget
    let anotherWay: LinkURL?
    let error: PageError?

    package init(page: PageSurroundings, form: FormTarget, anotherWay: LinkURL? = nil, error: PageError? = nil) {
        self.page = page
        self.form = form
        self.anotherWay = anotherWay
        self.error = error
    }

    /// The page.
    package var html: HTML {
        let content = PageForm(
            page: page,
            target: form,
            error: error,
            fields: [CodeField.field(on: page)],
            submit: SubmitButton(label: page.texts[.continue]),
            foot: Links.link(.anotherWay, anotherWay, on: page)
        )
        return PageLayout(
            page: page,
            heading: page.texts[.softwareToken],
            introduction: "\(page.texts[.softwareTokenIntroduction])",
            icon: page.graphic(Icon.phone, .authenticatorApp),
            content: content.html
        ).html
    }
}
