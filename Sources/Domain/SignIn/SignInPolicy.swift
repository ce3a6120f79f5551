package import CognitoModel

/// The rules of a sign-in: what comes next, by what was proven. Pure, so that a table can test it.
package enum SignInPolicy {
    /// What comes next.
    package enum Step: Hashable, Sendable {
        case challenge(ChallengeNameType)
        /// The pool's function says what.
        case define
        /// Nothing stands between the user and tokens.
        case issue
        case refuse(SignInFailure)
    }

    /// Decides what comes next. That a user may not sign in is told only after they have proven who they are, so that
    /// a guess learns nothing.
    package static func next(
        _ state: SignInState,
        user: User,
        pool: UserPool,
        client: AppClient,
        now: Timestamp
    ) -> Step {
        if state.flow == .customAuth { return custom(state, user, pool, client, now: now) }
        guard state.provesFirstFactor else { return firstFactor(state, user, pool) }
        guard user.isEnabled else { return .refuse(.userDisabled) }
        switch user.status {
        case .unconfirmed: return .refuse(.userNotConfirmed)
        case .resetRequired:
            return .refuse(client.preventsUserExistenceErrors ? .wrongUsernameOrPassword : .passwordResetRequired)
        case .forceChangePassword:
            if let expiry = user.temporaryPasswordExpiresAt, now >= expiry {
                return .refuse(.temporaryPasswordExpired)
            }
            return .challenge(.newPasswordRequired)
        case .confirmed: return stepUp(state, user, pool) ?? afterFirstFactor(state, user, pool)
        case .externalProvider: return .issue
        default: return .refuse(.userDisabled)
        }
    }

    /// Why no sign-in can begin by the flow in the pool, whoever's it is; nil where one can.
    package static func refusal(of flow: AuthFlowType, in pool: UserPool) -> SignInFailure? {
        switch flow {
        case .userPasswordAuth, .adminUserPasswordAuth, .adminNoSrpAuth, .userSrpAuth, .userAuth: nil
        case .customAuth:
            pool.function(for: .defineAuthChallenge) == nil ? .customAuthenticationNotConfigured : nil
        default: .flowNotSupported
        }
    }

    private static func firstFactor(_ state: SignInState, _ user: User, _ pool: UserPool) -> Step {
        switch state.flow {
        case .userPasswordAuth, .adminUserPasswordAuth, .adminNoSrpAuth: return .challenge(.password)
        case .userSrpAuth: return .challenge(.passwordVerifier)
        case .userAuth:
            let available = choices(state, user, pool)
            guard !available.isEmpty else {
                return .refuse(state.targetLevels.isEmpty ? .unavailableFactor : .levelUnreachable)
            }
            guard let chosen = state.chosenFactor else { return .challenge(.selectChallenge) }
            // PASSWORD_VERIFIER is the second half of PASSWORD_SRP.
            let factor = chosen == .passwordVerifier ? .passwordSrp : chosen
            return available.contains(factor) ? .challenge(chosen) : .refuse(.unavailableFactor)
        default: return .refuse(refusal(of: state.flow, in: pool) ?? .flowNotSupported)
        }
    }
}
