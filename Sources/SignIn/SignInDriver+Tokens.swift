import CognitoModel
import Domain
import Triggers

extension SignInDriver {
    /// What the pool's function changes about the tokens that the sign-in ends with.
    func customization(of attempt: SignInAttempt) async throws -> TokenCustomization? {
        do {
            return try await triggers.customization(
                attempt.tokenSource,
                of: attempt.user,
                groups: attempt.subject.groups,
                scopes: [StandardScope.userAdmin],
                client: attempt.client,
                in: attempt.pool,
                by: attempt.triggerCaller
            )
        } catch {
            try await recordRefusal(of: attempt)
            throw error
        }
    }
}

extension SignInAttempt {
    /// What the sign-in asks for tokens after.
    fileprivate var tokenSource: TriggerSource {
        if state.hasProven(.newPassword) { return .tokensNewPasswordChallenge }
        return state.hasProven(.device) ? .tokensAuthenticateDevice : .tokensAuthentication
    }
}
