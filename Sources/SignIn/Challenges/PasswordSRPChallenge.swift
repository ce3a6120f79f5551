import CognitoModel
import Domain

/// PASSWORD_SRP: asks for `SRP_A`, with which PASSWORD_VERIFIER can be asked.
struct PasswordSRPChallenge: SessionChallenge {
    let name = ChallengeNameType.passwordSrp

    func isAnswered(in attempt: SignInAttempt) -> Bool { attempt.request.parameters["SRP_A"] != nil }

    func verify(in attempt: SignInAttempt) async throws -> Verification {
        _ = try attempt.request.parameters.required("SRP_A")
        return .chosen(.passwordVerifier)
    }
}
