import CognitoModel
import Domain

extension SignInAttempt {
    /// What the user's history gets of the attempt; nil where none is kept. `failing` is the challenge that wasn't
    /// answered rightly.
    func event(
        _ response: EventResponseType,
        id: String? = nil,
        failing: ChallengeResponseType? = nil,
        verdict: RiskVerdict = RiskVerdict(),
        isCompromised: Bool? = nil
    ) throws -> AuthEvent? {
        guard request.protection.isOn else { return nil }
        return AuthEvent(
            .signIn,
            of: user,
            isSimulated: subject.isSimulated,
            id: try id ?? driver.identifiers.sessionID(at: request.now),
            at: request.now,
            response,
            challenges: state.answered + [failing].compactMap(\.self),
            risk: verdict.wireForm(isCompromised: isCompromised ?? self.isCompromised),
            from: request.context.place,
            through: request.client.id,
            requestID: request.context.requestID
        )
    }
}

extension SignInState {
    /// The challenges that were answered rightly, in the two kinds that an event tells apart.
    fileprivate var answered: [ChallengeResponseType] {
        proven.compactMap { proven in
            switch proven.factor {
            case .password: .password(.success)
            case .newPassword, .signUpCode, .softwareTokenSetup, .customChallenge: nil
            default: .mfa(.success)
            }
        }
    }

    var provesSecondFactor: Bool { proven.contains { SecondFactor.allCases.map(\.factor).contains($0.factor) } }
}
