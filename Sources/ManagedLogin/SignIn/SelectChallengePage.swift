import CognitoModel
import HTML
import Operations

/// SELECT_CHALLENGE: one of the user's first factors. A password is asked for along with the choice; where it is all
/// that there is, there is no choice to be shown.
struct SelectChallengePage: ChallengePage {
    /// Marks a prompt whose user has chosen the password.
    private static let chosen = "CHOSEN"

    func html(_ prompt: Prompt, on request: PageRequest, error: PageError?) throws -> HTML {
        let factors = factors(of: prompt)
        let form = request.target("/login", prompt.hidden)
        guard asksPassword(prompt) else {
            return ChooseFactorView(
                page: request.surroundings,
                form: form,
                username: prompt.username,
                factors: factors,
                changeUser: request.link("/login"),
                error: error
            ).html
        }
        return PasswordView(
            page: request.surroundings,
            form: form,
            username: prompt.username,
            changeUser: request.link("/login"),
            forgotPassword: request.link("/forgotPassword"),
            anotherWay: factors.count > 1 ? request.link("/login", [("login_hint", prompt.username)]) : nil,
            error: error
        ).html
    }

    func answer(_ prompt: Prompt, on request: PageRequest) throws -> ChallengeAnswer {
        if asksPassword(prompt) || request.form[FieldName.password] != nil {
            return .responses(["ANSWER": "PASSWORD", "PASSWORD": try request.required(FieldName.password)])
        }
        let choice = try request.required(FieldName.challenge)
        guard choice == ChallengeNameType.password.rawValue else { return .responses(["ANSWER": choice]) }
        var asking = prompt
        asking.parameters[Self.chosen] = choice
        return .ask(asking)
    }

    private func asksPassword(_ prompt: Prompt) -> Bool {
        prompt.parameters[Self.chosen] != nil || prompt.available.allSatisfy { [.password, .passwordSrp].contains($0) }
    }

    private func factors(of prompt: Prompt) -> [ChooseFactorView.Factor] {
        prompt.available.compactMap { name in
            switch name {
            case .password: .password
            case .webAuthn: .passkey
            case .emailOtp: .emailCode(destination: nil)
            case .smsOtp: .smsCode(destination: nil)
            default: nil
            }
        }
    }
}
