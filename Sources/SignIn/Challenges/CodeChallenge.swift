import Accounts
import CognitoModel
import Cryptography
import Domain
import Storage

/// EMAIL_OTP and SMS_OTP: a code that is sent, whose hash the session carries. Asking is 1 write, checking 1.
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
        let hash = try await attempt.driver.codes.sendSignInCode(
            purpose,
            to: attempt.user,
            at: destination,
            in: attempt.pool,
            isSent: !attempt.subject.isSimulated && attempt.user.isEnabled,
            now: attempt.request.now
        )
        return PresentedChallenge(
            name,
            session: try attempt.session(awaiting: name, codeHash: hash),
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
        let (driver, pool, sub) = (attempt.driver, attempt.pool, attempt.user.sub)
        let typed = try driver.store.vault.codeHash(code, purpose: purpose, poolID: pool.id, sub: sub)
        let isRight =
            attempt.state.codeHash.map { constantTimeEqual(typed, $0) } == true && !attempt.subject.isSimulated
        let isAllowed = try await driver.store.attempts.isAllowed(
            .signInCode,
            subject: .session(nonce: attempt.state.nonce),
            poolID: pool.id,
            recording: isRight ? nil : attempt.event(.fail, failing: .mfa(.failure)),
            now: attempt.request.now
        )
        guard isAllowed, isRight else { throw SignInFailure.wrongCode }
        return .proven(Proof(factor: factor))
    }
}
