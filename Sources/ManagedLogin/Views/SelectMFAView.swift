package import HTML

/// The choice of a second factor, where a user has several and prefers none.
package struct SelectMFAView: Sendable {
    /// A second factor, with where a code would go if that may be shown.
    package enum Factor: Sendable {
        case softwareToken
        case email(destination: String?)
        case sms(destination: String?)
    }

    let page: PageSurroundings
    let form: FormTarget
    let factors: [Factor]
    let error: PageError?

    /// The pressed button is sent as `mfa`, with the name of the challenge (`SOFTWARE_TOKEN_MFA`, `EMAIL_OTP`,
    /// `SMS_MFA`).
    package init(page: PageSurroundings, form: FormTarget, factors: [Factor], error: PageError? = nil) {
        self.page = page
        self.form = form
        self.factors = factors
        self.error = error
    }

    /// The page.
    package var html: HTML {
        let choices = ChoiceList(page: page, name: FieldName.secondFactor, choices: factors.map(choice))
        let content = PageForm(page: page, target: form, error: error, tail: choices.html)
        return PageLayout(
            page: page,
            heading: page.texts[.selectMFA],
            introduction: "\(page.texts[.selectMFAIntroduction])",
            icon: page.graphic(Icon.shield),
            content: content.html
        ).html
    }

    private func choice(_ factor: Factor) -> ChoiceList.Choice {
        let texts = page.texts
        return switch factor {
        case .softwareToken:
            .init(
                value: "SOFTWARE_TOKEN_MFA",
                icon: Icon.phone,
                title: texts[.factorSoftwareToken],
                detail: texts[.factorSoftwareTokenDetail]
            )
        case .email(let destination):
            .init(
                value: "EMAIL_OTP",
                icon: Icon.mail,
                title: texts[.factorEmailCode],
                detail: destination.map { texts.text(.factorEmailDetail, $0) } ?? texts[.factorEmailDetailUnknown]
            )
        case .sms(let destination):
            .init(
                value: "SMS_MFA",
                icon: Icon.message,
                title: texts[.factorSMSCode],
                detail: destination.map { texts.text(.factorEmailDetail, $0) } ?? texts[.factorSMSDetailUnknown]
            )
        }
    }
}
