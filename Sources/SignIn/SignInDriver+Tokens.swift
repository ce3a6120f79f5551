import CognitoModel
import Domain
import Triggers

extension SignInDriver {
    /// What the pool's function changes about the tokens that the sign-in ends with.
    func customization(of attempt: SignInAttempt) async throws -> TokenCustomization? {
        // ClientMetadata of the first call reaches no function of this trigger, that of an answer does.
        let metadata = attempt.state.challenge == nil ? nil : attempt.request.context.triggerMetadata
        do {
            return try await triggers.customization(
                attempt.tokenSource,
                of: attempt.user,
                groups: attempt.subject.groups,
                scopes: [StandardScope.userAdmin],
                client: attempt.client,
                in: attempt.pool,
                by: attempt.request.tokenCaller(metadata: metadata)
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

extension SignInRequest {
    /// Who makes the call, for functions, with the metadata that is meant for them.
    func tokenCaller(metadata: [String: String]?) -> TriggerCaller {
        TriggerCaller(clientID: client.id, userAgent: context.userAgent, clientMetadata: metadata)
    }
}

extension SignInContext {
    /// `ClientMetadata` as functions get it: nil where there is none.
    var triggerMetadata: [String: String]? { clientMetadata.isEmpty ? nil : clientMetadata }
}
