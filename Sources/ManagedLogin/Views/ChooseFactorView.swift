package import HTML

/// After the username, where a user has several first factors.
package struct ChooseFactorView: Sendable {
    /// A first factor, with where a code would go if that may be shown.
    package enum Factor: Sendable {
        case password, passkey
        case emailCode(destination: String?)
        case smsCode(destination: String?)
    }

    let page: PageSurroundings
    let form: FormTarget
    let username: String
    let factors: [Factor]
    let changeUser: LinkURL?
    let error: PageError?

    /// The pressed button is sent as `challenge`, with the name of the challenge (`PASSWORD`, `WEB_AUTHN`, `EMAIL_OTP`,
    /// `SMS_OTP`).
    package init(
        page: PageSurroundings,
        form: FormTarget,
        username: String,
        factors: [Factor],
        changeUser: LinkURL? = nil,
        error: PageError? = nil
    ) {
        self.page = page
        self.form = form
        self.username = username
        self.factors = factors
        self.changeUser = changeUser
        self.error = error
    }

    /// The page.
    package var html: HTML {
        let choices = ChoiceList(page: page, name: FieldName.challenge, choices: factors.map(choice))
        let content = PageForm(
            page: page,
            target: form,
            error: error,
            head: Links.account(username, change: changeUser, on: page),
            tail: choices.html
        )
        return PageLayout(page: page, heading: page.texts[.chooseFactor], content: content.html).html
    }

    private func choice(_ factor: Factor) -> ChoiceList.Choice {
        let texts = page.texts
        return switch factor {
        case .password: .init(value: "PASSWORD", icon: Icon.lock, title: texts[.factorPassword])
        case .passkey:
            .init(
                value: "WEB_AUTHN",
                icon: Icon.passkey,
                title: texts[.factorPasskey],
                detail: texts[.factorPasskeyDetail]
            )
        case .emailCode(let destination):
            .init(
                value: "EMAIL_OTP",
                icon: Icon.mail,
                title: texts[.factorEmailCode],
                detail: destination.map { texts.text(.factorEmailDetail, $0) } ?? texts[.factorEmailDetailUnknown]
            )
        case .smsCode(let destination):
            .init(
                value: "SMS_OTP",
                icon: Icon.message,
                title: texts[.factorSMSCode],
                detail: destination.map { texts.text(.factorEmailDetail, $0) } ?? texts[.factorSMSDetailUnknown]
            )
        }
    }
}
