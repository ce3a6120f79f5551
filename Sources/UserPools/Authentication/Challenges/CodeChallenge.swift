import CognitoModel
import Domain
import Storage

extension SignIn {
    /// Sends a code by mail or text and asks for it: EMAIL_OTP, SMS_OTP. 2 writes.
    func codeChallenge(
        _ challenge: ChallengeNameType,
        _ subject: Subject,
        available: [ChallengeNameType]
    ) async throws -> SignInAnswer {
        let destination = try await sendCode(challenge, subject)
        return SignInAnswer(
            challenge: challenge,
            session: try session(challenge, for: subject),
            parameters: [
                "CODE_DELIVERY_DELIVERY_MEDIUM": destination.medium.rawValue,
                "CODE_DELIVERY_DESTINATION": destination.masked,
            ],
            availableChallenges: available
        )
    }

    /// Nothing is sent to a user who doesn't exist or is disabled, and to nobody past the hour's limit: a code costs
    /// its owner attention, and a text money.
    private func sendCode(_ challenge: ChallengeNameType, _ subject: Subject) async throws -> CodeDestination {
        let counted = subject.user?.sub ?? pool.signInNames.subject(ofUnknown: subject.username)
        let limit = AttemptLimit.sendSignInCode
        guard try await services.store.attempts.isAllowed(limit, subject: counted, poolID: pool.id, now: now) else {
            throw CognitoError.rateExceeded
        }
        guard let user = subject.user else { return .simulated(username: subject.username) }
        let attribute = challenge == .smsOtp ? "phone_number" : "email"
        guard let value = user.attributes[attribute] else { throw CognitoError.unavailableChallenge }
        let destination = CodeDestination(UserAttribute(attribute, value))
        guard user.isEnabled else { return destination }
        let code = try services.makeCode(challenge.codePurpose, for: user.sub, in: pool, to: destination, now: now)
        try await services.store.codes.put(code.stored, sub: user.sub, poolID: pool.id)
        await services.send(
            code.text,
            to: destination,
            username: user.username,
            template: .authentication(in: pool),
            now: now
        )
        return destination
    }

    /// Checks `EMAIL_OTP_CODE` or `SMS_OTP_CODE`. A wrong code may be tried again within the session, a few
    /// times. 1 read, 2 writes; two RSA signatures.
    func answerCode(_ session: ChallengeSession, _ parameters: SignInParameters) async throws -> SignInAnswer {
        let challenge = ChallengeNameType(rawValue: session.challenge)
        let code = try parameters.required("\(challenge.rawValue)_CODE")
        guard let user = try await subject(sub: session.sub, username: session.username).user else {
            throw CognitoError.invalidChallengeCode
        }
        let purpose = challenge.codePurpose
        let redemption = try await services.store.codes.redeem(
            purpose,
            hash: services.store.vault.codeHash(code, purpose: purpose, poolID: pool.id, sub: user.sub),
            sub: user.sub,
            countedAs: "session:\(session.nonce)",
            in: pool,
            limit: .signInCode,
            now: now
        )
        switch redemption {
        case .redeemed: break
        case .mismatch: throw CognitoError.invalidChallengeCode
        case .expired: throw CognitoError.codeExpired
        case .limitExceeded: throw CognitoError.invalidChallengeCode
        }
        return try await proceed(user, Admission(nonce: session.spendableNonce, clearsFailures: false))
    }
}

extension ChallengeNameType {
    fileprivate var codePurpose: CodePurpose { self == .smsOtp ? .smsOTP : .emailOTP }
}
