import CognitoModel
import Domain
import Triggers

/// The functions of a sign-in that are called whatever its flow.
extension SignInDriver {
    /// Calls PreAuthentication, once in a sign-in: before what came along is checked. Nobody's name counts as anybody's
    /// where the client hides who exists. Whoever is locked out can't have it called by sending passwords on.
    func preAuthenticate(_ attempt: SignInAttempt) async throws {
        let (state, now) = (attempt.state, attempt.request.now)
        guard state.flow != .customAuth, attempt.pool.function(for: .preAuthentication) != nil else { return }
        if state.flow.takesPassword, attempt.subject.lockout?.isLocked(at: now) == true { throw SignInFailure.locked }
        try await triggers.preAuthentication(
            of: attempt.triggerSubject,
            in: attempt.pool,
            by: attempt.request.triggerCaller
        )
    }

    /// Calls PostAuthentication, for somebody who is about to get tokens: after a new password that had to be given
    /// first, and not before it as well (developer guide, "Post authentication Lambda trigger": after signing in a
    /// user).
    func postAuthenticate(_ attempt: SignInAttempt, onNewDevice isNewDevice: Bool) async throws {
        guard attempt.pool.function(for: .postAuthentication) != nil else { return }
        do {
            try await triggers.postAuthentication(
                of: attempt.user,
                onNewDevice: isNewDevice,
                in: attempt.pool,
                by: attempt.triggerCaller
            )
        } catch {
            try await recordRefusal(of: attempt)
            throw error
        }
    }
}

extension SignInRequest {
    /// Whoever makes the call, with what they said for functions.
    var triggerCaller: TriggerCaller {
        TriggerCaller(clientID: client.id, userAgent: context.userAgent, clientMetadata: context.clientMetadata)
    }
}

extension SignInAttempt {
    /// Who signs in, for functions.
    var triggerSubject: TriggerSubject {
        TriggerSubject(subject.isSimulated ? nil : user, typed: state.name, client: client)
    }

    /// Whoever makes the call. What they said for functions in the call that begins is for those alone that are called
    /// before a password is looked at: `ClientMetadata` of an answer reaches the others.
    var triggerCaller: TriggerCaller { isBeginning ? request.triggerCaller.withoutMetadata : request.triggerCaller }

    /// Whether it is the call that begins the sign-in.
    var isBeginning: Bool { state.challenge == nil }
}

extension AuthFlowType {
    /// Whether the call that begins it can't but carry the password.
    fileprivate var takesPassword: Bool {
        [.userPasswordAuth, .adminUserPasswordAuth, .adminNoSrpAuth].contains(self)
    }
}
