import CognitoModel
import Domain

/// SELECT_CHALLENGE: lets the user choose a first factor. `ANSWER` names it, and its own answer may come along.
struct SelectChallenge: SessionChallenge {
    let name = ChallengeNameType.selectChallenge

    /// A preferred factor that the user can take needs no choice; one that they can't is no error.
    func isAnswered(in attempt: SignInAttempt) -> Bool {
        preferred(attempt).map(attempt.availableFactors.contains) ?? false
    }

    func verify(in attempt: SignInAttempt) async throws -> Verification {
        if attempt.state.challenge != name, let preferred = preferred(attempt) { return .chosen(preferred) }
        let answer = ChallengeNameType(rawValue: try attempt.request.parameters.required("ANSWER"))
        guard attempt.availableFactors.contains(answer) else { throw SignInFailure.unavailableFactor }
        return .chosen(answer)
    }

    private func preferred(_ attempt: SignInAttempt) -> ChallengeNameType? {
        attempt.request.parameters["PREFERRED_CHALLENGE"].map(ChallengeNameType.init(rawValue:))
    }
}
