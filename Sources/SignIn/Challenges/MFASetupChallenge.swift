import CognitoModel
import Domain

/// MFA_SETUP: asks a user who has no second factor to set up a software token. The answer has the session of a
/// VerifySoftwareToken; the token was stored there.
struct MFASetupChallenge: SessionChallenge {
    let name = ChallengeNameType.mfaSetup

    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        PresentedChallenge(
            name,
            session: try attempt.session(awaiting: name),
            parameters: [
                "MFAS_CAN_SETUP": [SecondFactor.softwareToken.rawValue].jsonText,
                "USER_ID_FOR_SRP": attempt.user.username,
            ]
        )
    }

    func verify(in attempt: SignInAttempt) async throws -> Verification {
        guard attempt.pool.secondFactors.contains(.softwareToken) else { throw FactorFailure.softwareTokenUnavailable }
        guard attempt.state.hasProven(.softwareTokenSetup) else { throw FactorFailure.softwareTokenNotVerified }
        return .proven(Proof(factor: .softwareToken))
    }
}
