import CognitoModel
import Domain

/// SELECT_MFA_TYPE: lets the user choose one of several second factors. `ANSWER` names it. Nothing is written.
struct SelectMFATypeChallenge: SessionChallenge {
    let name = ChallengeNameType.selectMfaType

    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        PresentedChallenge(
            name,
            session: try attempt.session(awaiting: name),
            parameters: [
                "MFAS_CAN_CHOOSE": attempt.secondFactors.map(\.rawValue).jsonText,
                "USER_ID_FOR_SRP": attempt.user.username,
            ]
        )
    }

    func verify(in attempt: SignInAttempt) async throws -> Verification {
        let answer = ChallengeNameType(rawValue: try attempt.request.parameters.required("ANSWER"))
        guard attempt.secondFactors.contains(where: { $0.challenge == answer }) else {
            throw SignInFailure.unavailableFactor
        }
        return .chosen(answer)
    }
}
