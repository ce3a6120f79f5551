import Accounts
import CognitoModel
import Domain
import Messaging
import Storage

extension SignInDriver {
    /// Throws `SignInFailure.addressBlocked` where nobody may sign in from there. Nothing is read or written.
    func checkAddress(of request: SignInRequest) throws {
        guard !request.protection.blocks(request.context.ipAddress) else { throw SignInFailure.addressBlocked }
    }

    /// Judges a sign-in that nothing else stands in the way of. 1 read where the risk configuration says what to do
    /// about strangers; none otherwise.
    func judge(_ attempt: SignInAttempt) async throws -> RiskVerdict {
        let protection = attempt.protection
        guard protection.judges(attempt.request.context.ipAddress) else { return RiskVerdict() }
        let history = try await store.authEvents.history(
            of: attempt.user.sub,
            poolID: attempt.pool.id,
            at: attempt.request.context.place
        )
        return protection.verdict(
            on: history,
            failures: attempt.subject.lockout?.failures ?? 0,
            givesSecondFactor: attempt.givesSecondFactor,
            canGiveSecondFactor: attempt.canGiveSecondFactor
        )
    }

    /// Records that a sign-in is refused by its risk, and throws that. 1 write.
    func refuse(_ attempt: SignInAttempt, by verdict: RiskVerdict) async throws -> Never {
        var step = SessionRepository.Step()
        step.nonce = attempt.step.nonce
        step.event = try attempt.event(.fail, verdict: verdict)
        _ = try await store.sessions.advance(attempt.user.sub, by: step, in: attempt.pool)
        await notify(attempt, verdict, step.event)
        throw SignInFailure.riskBlocked
    }

    /// Records that somebody who proved who they are may not sign in all the same. 1 write where a history is kept.
    func recordRefusal(of attempt: SignInAttempt) async throws {
        guard !attempt.state.proven.isEmpty, let event = try attempt.event(.fail) else { return }
        try await store.authEvents.record(event)
    }

    /// Tells the user of a sign-in that might not have been theirs, where the configuration says so and they have a
    /// mail address, verified or not. What can't be sent changes nothing about the sign-in.
    func notify(_ attempt: SignInAttempt, _ verdict: RiskVerdict, _ event: AuthEvent?) async {
        guard verdict.notifies, let event, let eventID = event.shown.eventId,
            let address = attempt.user.attributes["email"]
        else { return }
        let token = FeedbackToken(poolID: event.poolID, sub: event.sub, eventID: eventID)
        guard let sealed = try? token.sealed(by: store.vault) else { return }
        let settings = attempt.request.protection.settings?.configuration.accountTakeoverRiskConfiguration
        let notice = RiskNotice(
            of: event,
            verdict.response,
            to: attempt.user.username,
            configuration: settings?.notifyConfiguration,
            feedbackToken: sealed
        )
        var draft = MessageDraft(
            to: attempt.user,
            at: CodeDestination(UserAttribute("email", address)),
            .accountTakeOverNotification,
            by: attempt.triggerCaller,
            handling: .deliveredSilently,
            words: (notice.subject, notice.html ?? notice.text ?? ""),
            expiresAt: attempt.request.now.adding(seconds: 24 * 3600)
        )
        draft.functionAttributes = TakeOverNotice.attributes(
            of: event,
            verdict.response,
            to: attempt.user.username,
            feedbackToken: sealed
        )
        draft.isHTML = notice.html != nil
        draft.ownText = notice.html == nil ? nil : notice.text
        guard let message = try? messages.prepare(draft, in: attempt.pool, now: attempt.request.now) else { return }
        try? await messages.keepAndSend(message)
    }

    /// Has a password that is known to others reset, where the configuration says so; returns whether it is known. 1
    /// write where it is refused.
    func refuseCompromised(_ password: String, of attempt: SignInAttempt) async throws -> Bool {
        let (user, pool, protection) = (attempt.user, attempt.pool, attempt.request.protection)
        do {
            return try passwords.refuseCompromised(password, at: .signIn, protection)
        } catch PasswordFailure.compromised where user.isEnabled && user.status == .confirmed {
            let event = try attempt.event(
                .fail,
                failing: .password(.success),
                verdict: RiskVerdict(response: .blocked),
                isCompromised: true
            )
            try await store.users.update(sub: user.sub, in: pool, recording: event) { current in
                guard current.isEnabled, current.credentialEpoch == user.credentialEpoch else {
                    throw SignInFailure.wrongUsernameOrPassword
                }
                current.status = .resetRequired
            }
            throw SignInFailure.passwordCompromised
        } catch PasswordFailure.compromised {
            return true
        }
    }
}

extension SignInAttempt {
    /// Threat protection as it holds for the flow: custom sign-ins have a mode of their own.
    fileprivate var protection: ThreatProtection {
        state.flow == .customAuth ? request.protection.ofCustomSignIns(in: pool) : request.protection
    }

    /// Whether the user has given a second factor, or what stands for one. Who was asked for it for their risk's sake
    /// comes no further without.
    fileprivate var givesSecondFactor: Bool {
        state.provesSecondFactor || state.needsSecondFactor
            || state.hasProven(.verifiedPasskey) && user.passkeyCountsForBoth(in: pool)
    }

    /// Whether the user can be asked for a second factor after their password, though nothing but their risk asks for
    /// one. What they would have to set up first isn't meant: a stranger would set up their own.
    var canGiveSecondFactor: Bool {
        guard state.hasProven(.password), !givesSecondFactor else { return false }
        if case .oneOf = SignInPolicy.secondFactor(of: user, in: pool, isRequired: true) { return true }
        return false
    }
}
