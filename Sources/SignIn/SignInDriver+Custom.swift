import CognitoModel
import Domain
import Storage
import Triggers

extension SignInDriver {
    /// Asks the pool's function what comes next in a custom sign-in. What was proven is written before, so that who
    /// sends it again has no function called. Nobody who doesn't exist gets tokens, whatever it says.
    func define(_ attempt: inout SignInAttempt) async throws {
        try await write(&attempt)
        let decision = try await triggers.defineAuthChallenge(
            of: attempt.triggerSubject,
            after: attempt.state.custom.results,
            in: attempt.pool,
            by: attempt.triggerCaller
        )
        guard let decision else { throw SignInFailure.customAuthenticationNotConfigured }
        if case .challenge(let name) = decision {
            let mayDefine = SignInPolicy.mayDefine(
                name,
                attempt.state,
                of: attempt.user,
                bringsPublicKey: attempt.request.parameters["SRP_A"].map { !$0.isEmpty } ?? false
            )
            guard mayDefine else { throw TriggerFailure.malformed(.defineAuthChallenge, .unrecognizable) }
        }
        let isNobodys = decision == .issueTokens && attempt.subject.isSimulated
        attempt.decide(isNobodys ? .failAuthentication : decision)
    }

    /// Writes what was proven, before something else is asked. Whoever knows the password, and guesses at a second
    /// factor, must not have the guesses forgotten.
    func write(_ attempt: inout SignInAttempt) async throws {
        var step = attempt.step
        step.clearsFailures = false
        _ = try await store.sessions.advance(attempt.user.sub, by: step, in: attempt.pool)
        attempt.noteWritten()
    }
}

extension SignInState {
    /// The state that awaits the answer to what a function asks.
    func asking(_ question: CustomAuthentication.Question) -> SignInState {
        var next = self
        next.ask(question)
        return next
    }
}
