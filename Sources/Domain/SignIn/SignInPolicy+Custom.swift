package import CognitoModel

/// CUSTOM_AUTH, where the pool's functions say what comes next.
extension SignInPolicy {
    /// What comes next: mostly what DefineAuthChallenge says. What it can't say is who has tokens without what other
    /// flows ask of them: a password is followed by the user's second factor, and nobody gets tokens who may not sign
    /// in, or whose password is a temporary one that they have just used.
    static func custom(
        _ state: SignInState,
        _ user: User,
        _ pool: UserPool,
        _ client: AppClient,
        now: Timestamp
    ) -> Step {
        if state.hasProven(.password), let step = afterPassword(state, user, pool, now: now) { return step }
        switch state.custom.decision {
        case nil: return .define
        case .failAuthentication: return .refuse(.wrongUsernameOrPassword)
        case .challenge(let name): return .challenge(name)
        case .issueTokens: return conclusion(state, user, pool, client)
        }
    }

    /// The challenges that DefineAuthChallenge may ask for. Second factors and devices come by themselves (developer
    /// guide, "Define Auth challenge Lambda trigger"). `bringsPublicKey` is whether the call has an `SRP_A`.
    package static func mayDefine(
        _ challenge: ChallengeNameType,
        _ state: SignInState,
        of user: User,
        bringsPublicKey: Bool
    ) -> Bool {
        switch challenge {
        case .customChallenge: true
        case .passwordVerifier: bringsPublicKey
        case .newPasswordRequired:
            state.hasProven(.password) && [.forceChangePassword, .resetRequired].contains(user.status)
        default: false
        }
    }

    /// What comes before the functions are asked again, once the password is proven; nil where nothing does.
    private static func afterPassword(
        _ state: SignInState,
        _ user: User,
        _ pool: UserPool,
        now: Timestamp
    ) -> Step? {
        guard user.isEnabled else { return .refuse(.userDisabled) }
        switch user.status {
        case .unconfirmed: return .refuse(.userNotConfirmed)
        case .forceChangePassword:
            if let expiry = user.temporaryPasswordExpiresAt, now >= expiry {
                return .refuse(.temporaryPasswordExpired)
            }
            return nil
        case .confirmed, .resetRequired:
            guard !meetsDemand(state, user, pool) else { return nil }
            let step = afterFirstFactor(state, user, pool)
            return step == .issue ? nil : step
        default: return nil
        }
    }

    /// What comes once the functions want tokens issued. Users who have never set a password of their own may sign in
    /// without one, as in Cognito.
    private static func conclusion(
        _ state: SignInState,
        _ user: User,
        _ pool: UserPool,
        _ client: AppClient
    ) -> Step {
        guard user.isEnabled else { return .refuse(.userDisabled) }
        switch user.status {
        case .unconfirmed: return .refuse(.userNotConfirmed)
        case .resetRequired:
            return .refuse(client.preventsUserExistenceErrors ? .wrongUsernameOrPassword : .passwordResetRequired)
        case .forceChangePassword where state.hasProven(.password): return .challenge(.newPasswordRequired)
        case .confirmed, .forceChangePassword, .externalProvider: return deviceStep(state, pool) ?? .issue
        default: return .refuse(.userDisabled)
        }
    }
}
