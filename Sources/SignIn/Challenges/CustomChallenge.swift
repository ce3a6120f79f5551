import CognitoModel
import Domain
import Storage
import Triggers

/// CUSTOM_CHALLENGE: what the pool's functions ask, and hold the answer against. What they hold it against travels in
/// the session. Asking writes nothing; checking is 1 write.
struct CustomChallenge: SessionChallenge {
    let name = ChallengeNameType.customChallenge

    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        guard attempt.pool.function(for: .verifyAuthChallengeResponse) != nil,
            let question = try await attempt.driver.triggers.createAuthChallenge(
                of: attempt.triggerSubject,
                after: attempt.state.custom.results,
                in: attempt.pool,
                by: attempt.triggerCaller
            )
        else { throw SignInFailure.customAuthenticationNotConfigured }
        let state = try attempt.awaiting(name).asking(question)
        return PresentedChallenge(
            name,
            session: try state.sealed(by: attempt.driver.store.vault),
            parameters: question.publicParameters.merging(["USERNAME": attempt.user.username]) { $1 }
        )
    }

    /// `ANSWER`. The session is spent before the function sees the answer, be that right or wrong: whoever could send
    /// it again could guess on for ever. A wrong answer is no failure: what comes of it is DefineAuthChallenge's to
    /// say.
    func verify(in attempt: SignInAttempt) async throws -> Verification {
        let (driver, pool) = (attempt.driver, attempt.pool)
        guard let answer = attempt.request.parameters["ANSWER"] else { throw SignInFailure.missingParameter("ANSWER") }
        guard pool.function(for: .verifyAuthChallengeResponse) != nil else {
            throw SignInFailure.customAuthenticationNotConfigured
        }
        var step = SessionRepository.Step()
        step.nonce = attempt.state.spendableNonce
        _ = try await driver.store.sessions.advance(attempt.user.sub, by: step, in: pool)
        let isRight = try await driver.triggers.verifyAuthChallengeResponse(
            answer,
            by: attempt.triggerSubject,
            privateParameters: attempt.state.custom.privateParameters,
            in: pool,
            by: attempt.triggerCaller
        )
        return .judged(isRight: isRight ?? false)
    }
}
