import CognitoModel
import Domain
import Storage

/// SELECT_CHALLENGE: lets the user choose a first factor. `ANSWER` names it, and its own answer may come along:
/// `PASSWORD`, `SRP_A`, or the `CREDENTIAL` of a passkey, which is told here what to sign. Asking is 1 read where the
/// user may choose that.
struct SelectChallenge: SessionChallenge {
    let name = ChallengeNameType.selectChallenge

    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        let (state, available) = (try attempt.awaiting(name), attempt.availableFactors)
        var parameters = ["USERNAME": attempt.user.username]
        if available.contains(.webAuthn) {
            parameters["CREDENTIAL_REQUEST_OPTIONS"] = try await attempt.passkeyOptions(for: state)
        }
        return PresentedChallenge(
            name,
            session: try state.sealed(by: attempt.driver.store.vault),
            parameters: parameters,
            availableChallenges: available
        )
    }

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
