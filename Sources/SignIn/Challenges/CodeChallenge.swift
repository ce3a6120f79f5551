import Accounts
import CognitoModel
import Domain
import Storage

/// EMAIL_OTP and SMS_OTP: a code that is sent. Asking is 2 writes, checking 1.
struct CodeChallenge: SessionChallenge {
    let name: ChallengeNameType
    /// Where the code goes.
    let attribute: String
    let purpose: CodePurpose
    let factor: Factor

    /// Nothing is sent to a user who doesn't exist or is disabled, and to nobody past the hour's limit: a code costs
    /// its owner attention, and a text money.
    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        guard let address = attempt.user.attributes[attribute] else { throw SignInFailure.unavailableFactor }
        let destination = CodeDestination(UserAttribute(attribute, address))
        try await attempt.driver.codes.request(
            purpose,
            for: attempt.user,
            at: destination,
            in: attempt.pool,
            limit: .sendSignInCode,
            isSent: !attempt.subject.isSimulated && attempt.user.isEnabled,
            now: attempt.request.now
        )
        return PresentedChallenge(
            name,
            session: try attempt.session(awaiting: name),
            parameters: [
                "CODE_DELIVERY_DELIVERY_MEDIUM": destination.medium.rawValue,
                "CODE_DELIVERY_DESTINATION": destination.masked,
            ],
            availableChallenges: attempt.availableFactors
        )
    }

    /// `EMAIL_OTP_CODE` or `SMS_OTP_CODE`. A wrong code may be tried again within the session, a few times.
    func verify(in attempt: SignInAttempt) async throws -> Verification {
        let code = try attempt.request.parameters.required("\(name.rawValue)_CODE")
        let outcome = try await attempt.driver.store.codes.redeem(
            attempt.driver.codes.attempt(
                code,
                purpose,
                sub: attempt.user.sub,
                in: attempt.pool,
                limit: .signInCode,
                subject: .session(nonce: attempt.state.nonce)
            ),
            in: attempt.pool
        )
        switch outcome {
        case .right where !attempt.subject.isSimulated: return .proven(Proof(factor: factor))
        case .refused(.expired) where !attempt.subject.isSimulated: throw CodeFailure.expired
        case .right, .refused: throw SignInFailure.wrongCode
        }
    }
}
