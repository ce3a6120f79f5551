package import HTML

/// `/passkeys/add`: a passkey is offered, after sign-up or where an app leads here.
package struct AddPasskeyView: Sendable {
    let page: PageSurroundings
    let form: FormTarget
    let options: String
    let canSkip: Bool
    let error: PageError?

    /// The passkey that was made is sent as `credential`; a press of the other button as `skip`.
    /// - Parameter options: The JSON of `PublicKeyCredentialCreationOptionsJSON`.
    package init(
        page: PageSurroundings,
        form: FormTarget,
        options: String,
        canSkip: Bool = true,
        error: PageError? = nil
    ) {
        self.page = page
        self.form = form
        self.options = options
        self.canSkip = canSkip
        self.error = error
    }

    /// The page.
    package var html: HTML {
        let skip = SubmitButton(
            name: FieldName.skip,
            value: "true",
            label: page.texts[.notNow],
            style: .secondary,
            skipsValidation: true
        )
        let content = PageForm(
            page: page,
            target: form,
            error: error,
            submit: SubmitButton(label: page.texts[.createPasskey], awaitsScript: true),
            foot: canSkip ? skip.html(on: page) : .empty,
            passkey: PasskeyTask(kind: .create, options: options)
        )
        return PageLayout(
            page: page,
            heading: page.texts[.addPasskey],
            introduction: "\(page.texts[.addPasskeyIntroduction])",
            icon: page.graphic(Icon.passkey, .passkey),
            usesPasskeys: true,
            content: content.html
        ).html
    }
}
