package import HTML

/// The choice of a second factor to set up, where the pool asks for one and the user has none.
package struct MFASetupChoiceView: Sendable {
    /// A second factor that the pool has.
    package enum Factor: Sendable {
        case softwareToken, email, sms
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
        let texts = page.texts
        let choices: [ChoiceList.Choice] = factors.map { factor in
            switch factor {
            case .softwareToken:
                .init(
                    value: "SOFTWARE_TOKEN_MFA",
                    icon: Icon.phone,
                    title: texts[.factorSoftwareToken],
                    detail: texts[.setUpSoftwareTokenDetail]
                )
            case .email:
                .init(
                    value: "EMAIL_OTP",
                    icon: Icon.mail,
                    title: texts[.factorEmailCode],
                    detail: texts[.setUpEmailDetail]
                )
            case .sms:
                .init(
                    value: "SMS_MFA",
                    icon: Icon.message,
                    title: texts[.factorSMSCode],
                    detail: texts[.setUpSMSDetail]
                )
            }
        }
        let list = ChoiceList(page: page, name: FieldName.secondFactor, choices: choices)
        return PageLayout(
            page: page,
            heading: texts[.setUpMFA],
            introduction: "\(texts[.setUpMFAIntroduction])",
            icon: page.graphic(Icon.shield),
            content: PageForm(page: page, target: form, error: error, tail: list.html).html
        ).html
    }
}
