import CognitoModel
import HTML
import Operations

/// EMAIL_OTP, SMS_OTP and SMS_MFA: a code that was sent.
struct CodePage: ChallengePage {
    func html(_ prompt: Prompt, on request: PageRequest, error: PageError?) throws -> HTML {
        let isFirstFactor = !prompt.available.isEmpty
        let medium: CodeDelivery.Medium = prompt.parameters["CODE_DELIVERY_DELIVERY_MEDIUM"] == "SMS" ? .sms : .email
        return CodeView(
            page: request.surroundings,
            form: request.target("/login", prompt.hidden),
            delivery: CodeDelivery(medium, to: prompt.parameters["CODE_DELIVERY_DESTINATION"] ?? ""),
            resend: isFirstFactor ? request.link("/login") : nil,
            wasResent: error == nil && request.form[FieldName.resend] != nil,
            anotherWay: isFirstFactor ? request.link("/login", [("login_hint", prompt.username)]) : nil,
            error: error
        ).html
    }

    /// Another code is asked for as the first was: by a sign-in of its own.
    func answer(_ prompt: Prompt, on request: PageRequest) throws -> ChallengeAnswer {
        guard request.form[FieldName.resend] == nil else {
            return .beginAgain(["PREFERRED_CHALLENGE": prompt.name.rawValue])
        }
        return .responses(["\(prompt.name.rawValue)_CODE": try request.code()])
    }
}
