import Accounts
import CognitoModel
import Cryptography
import Domain
import Messaging
import Storage
import Triggers

/// EMAIL_OTP, SMS_OTP and SMS_MFA: a code that is sent, whose hash the session carries. Asking is 1 write, checking 1.
struct CodeChallenge: SessionChallenge {
    /// What a code is made for, and what it proves.
    typealias Use = (purpose: CodePurpose, factor: Factor)

    let name: ChallengeNameType
    /// Where the code goes.
    let attribute: String
    /// As the first factor of a sign-in, and as the second; nil where it can't be that.
    var first: Use?
    var second: Use?

    /// Nothing is sent to a user who doesn't exist or is disabled, and to nobody past the hour's limit: a code costs
    /// its owner attention, and a text money.
    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        guard let address = given(in: attempt) ?? attempt.user.attributes[attribute] else {
            throw SignInFailure.unavailableFactor
        }
        let destination = CodeDestination(UserAttribute(attribute, address))
        let hash = try await attempt.driver.codes.sendSignInCode(
            try use(in: attempt).purpose,
            to: attempt.user,
            at: destination,
            in: attempt.pool,
            CodeService.Sending(
                .authentication,
                by: caller(in: attempt, at: destination),
                handling: handling(in: attempt)
            ),
            expiresAt: attempt.request.sessionExpiry,
            now: attempt.request.now
        )
        return PresentedChallenge(
            name,
            session: try attempt.session(awaiting: name, codeHash: hash),
            parameters: [
                "CODE_DELIVERY_DELIVERY_MEDIUM": destination.medium.rawValue,
                "CODE_DELIVERY_DESTINATION": destination.masked,
            ],
            availableChallenges: attempt.state.provesFirstFactor ? nil : attempt.availableFactors
        )
    }

    /// `EMAIL_OTP_CODE`, `SMS_OTP_CODE` or `SMS_MFA_CODE`. A wrong code may be tried again within the session, a few
    /// times.
    func verify(in attempt: SignInAttempt) async throws -> Verification {
        let code = try attempt.request.parameters.required("\(name.rawValue)_CODE")
        let (driver, pool, sub) = (attempt.driver, attempt.pool, attempt.user.sub)
        let use = try use(in: attempt)
        let typed = try driver.store.vault.codeHash(code, purpose: use.purpose, poolID: pool.id, sub: sub)
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
        return .proven(Proof(factor: use.factor, change: change(in: attempt)))
    }

    /// What the code is for at this point of the sign-in.
    private func use(in attempt: SignInAttempt) throws -> Use {
        guard let use = attempt.state.provesFirstFactor ? second : first else { throw SignInFailure.unavailableFactor }
        return use
    }

    /// Who causes the message. What apps say for functions is for what sends, and not for CustomMessage (service model,
    /// `ClientMetadata` of RespondToAuthChallenge); what servers say is for both.
    private func caller(in attempt: SignInAttempt, at destination: CodeDestination) -> TriggerCaller {
        let hearsAll =
            attempt.request.context.isFromServer || attempt.pool.senderTrigger(destination.channel) != nil
        return hearsAll ? attempt.triggerCaller : attempt.triggerCaller.withoutMetadata
    }

    /// Whoever has proven who they are is told where the code can't be sent.
    private func handling(in attempt: SignInAttempt) -> MessageHandling {
        let handling = attempt.request.client.handling(isDue: !attempt.subject.isSimulated && attempt.user.isEnabled)
        return handling == .deliveredSilently && attempt.state.provesFirstFactor ? .delivered : handling
    }

    /// The address that the user gave to MFA_SETUP, if the code goes there.
    private func given(in attempt: SignInAttempt) -> String? {
        attribute == "email" && attempt.state.provesFirstFactor ? attempt.state.emailToSetUp : nil
    }

    /// A second factor shows whose the address is (developer guide, "Things to know about user pool MFA"), and makes
    /// one that was given for it the user's.
    private func change(in attempt: SignInAttempt) -> (@Sendable (inout User) throws -> Void)? {
        guard attempt.state.provesFirstFactor else { return nil }
        let (attribute, given) = (attribute, given(in: attempt))
        guard given != nil || !attempt.user.attributes.isVerified(attribute) else { return nil }
        return { user in
            user.attributes["\(attribute)_verified"] = "true"
            guard let given else { return }
            user.attributes[attribute] = given
            user.factors.turn(.email, on: true)
        }
    }
}
