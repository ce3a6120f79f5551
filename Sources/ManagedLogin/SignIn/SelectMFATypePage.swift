import CognitoModel
import HTML

/// SELECT_MFA_TYPE: one of several second factors.
struct SelectMFATypePage: ChallengePage {
    func html(_ prompt: Prompt, on request: PageRequest, error: PageError?) throws -> HTML {
        let factors: [SelectMFAView.Factor] = prompt.list("MFAS_CAN_CHOOSE").compactMap { name in
            switch ChallengeNameType(rawValue: name) {
            case .softwareTokenMfa: .softwareToken
            case .emailOtp: .email(destination: nil)
            case .smsMfa: .sms(destination: nil)
            default: nil
            }
        }
        return SelectMFAView(
            page: request.surroundings,
            form: request.target("/login", prompt.hidden),
            factors: factors,
            error: error
        ).html
    }

    func answer(_ prompt: Prompt, on request: PageRequest) throws -> ChallengeAnswer {
        .responses(["ANSWER": try request.required(FieldName.secondFactor)])
    }
}
