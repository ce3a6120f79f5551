package import HTML

/// A passkey is asked for, as the first factor.
package struct PasskeyChallengeView: Sendable {
    let page: PageSurroundings
    let form: FormTarget
    let username: String
    let options: String
    let changeUser: LinkURL?
    let anotherWay: LinkURL?
    let error: PageError?

    /// What the passkey answers is sent as `credential`.
    /// - Parameter options: The JSON of `PublicKeyCredentialRequestOptionsJSON`.
    package init(
        page: PageSurroundings,
        form: FormTarget,
        username: String,
        options: String,
        changeUser: LinkURL? = nil,
        anotherWay: LinkURL? = nil,
        error: PageError? = nil
    ) {
        self.page = page
        self.form = form
        self.username = username
        self.options = options
        self.changeUser = changeUser
        self.anotherWay = anotherWay
        self.error = error
    }

    /// The page.
    package var html: HTML {
        let content = PageForm(
            page: page,
            target: form,
            error: error,
            head: Links.account(username, change: changeUser, on: page),
            submit: SubmitButton(label: page.texts[.usePasskey], awaitsScript: true),
            foot: Links.link(.anotherWay, anotherWay, on: page),
            passkey: PasskeyTask(kind: .get, options: options)
        )
        return PageLayout(
            page: page,
            heading: page.texts[.passkeyChallenge],
            introduction: "\(page.texts[.passkeyChallengeIntroduction])",
            icon: page.graphic(Icon.passkey, .passkey),
            usesPasskeys: true,
            content: content.html
        ).html
    }
}
