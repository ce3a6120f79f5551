import CognitoModel
import Domain

/// MFA_SETUP: asks a user who has no second factor to set one up. The answer has the session of a VerifySoftwareToken,
/// and the token was stored there; or it has a mail address, `email`, to which EMAIL_OTP then sends a code.
struct MFASetupChallenge: SessionChallenge {
    let name = ChallengeNameType.mfaSetup

    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        PresentedChallenge(
            name,
            session: try attempt.session(awaiting: name),
            parameters: [
                "MFAS_CAN_SETUP": offered(attempt).map(\.rawValue).jsonText,
                "USER_ID_FOR_SRP": attempt.user.username,
            ]
        )
    }

    func verify(in attempt: SignInAttempt) async throws -> Verification {
        if let email = email(in: attempt) { return .given(email: try checked(email, attempt)) }
        guard attempt.pool.secondFactors.contains(.softwareToken) else { throw FactorFailure.softwareTokenUnavailable }
        guard attempt.state.hasProven(.softwareTokenSetup) else { throw FactorFailure.softwareTokenNotVerified }
        return .proven(Proof(factor: .softwareToken))
    }

    private func offered(_ attempt: SignInAttempt) -> [SecondFactor] {
        guard case .setUp(let factors) = attempt.demand else { return [] }
        return factors
    }

    /// As the developer guide names it, or as Amplify does.
    private func email(in attempt: SignInAttempt) -> String? {
        let parameters = attempt.request.parameters
        return [parameters["email"], parameters["EMAIL"]].compactMap(\.self).first { !$0.isEmpty }
    }

    /// The address as it will be kept. Throws where it can't be, before a code is sent there.
    private func checked(_ email: String, _ attempt: SignInAttempt) throws -> String {
        guard offered(attempt).contains(.email) else { throw SignInFailure.unavailableFactor }
        let change = UserAttribute("email", email)
        let outcome = try AttributeUpdate.apply(
            [change],
            to: attempt.user.attributes,
            in: attempt.pool,
            by: .client(attempt.client)
        )
        return outcome.attributes["email"] ?? email
    }
}
