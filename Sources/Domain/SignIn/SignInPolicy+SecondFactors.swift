import CognitoModel

extension SignInPolicy {
    /// What a pool asks of a user beside their password.
    package enum Demand: Hashable, Sendable {
        case nothing
        /// One of these: the only one, or one that the user chooses.
        case oneOf([SecondFactor])
        /// A software token, which the user has to set up first.
        case setUp
        /// A factor that the user neither has nor can set up by themselves.
        case impossible
    }

    /// Decides what is asked of a user beside their password (developer guide, "MFA logic at user runtime"): the factor
    /// that they prefer, or else those that they have turned on. A pool that requires a factor asks who has turned none on
    /// for what they have: a token that was verified, or an address, unless it is all that their password is recovered by.
    package static func secondFactor(of user: User, in pool: UserPool) -> Demand {
        let able = SecondFactor.allCases.filter { user.canTake($0, in: pool) }
        let turnedOn = able.filter(user.factors.enabled.contains)
        if let preferred = user.factors.preferred, turnedOn.contains(preferred) { return .oneOf([preferred]) }
        if !turnedOn.isEmpty { return .oneOf(turnedOn) }
        guard pool.requiresSecondFactor else { return .nothing }
        let usable = able.filter { $0.attribute == nil || $0.attribute != pool.onlyRecoveryAttribute }
        if !usable.isEmpty { return .oneOf(usable) }
        return pool.secondFactors.contains(.softwareToken) ? .setUp : .impossible
    }

    /// What comes after the first factor, of a user who may sign in.
    static func afterFirstFactor(_ state: SignInState, _ user: User, _ pool: UserPool) -> Step {
        let demand = secondFactor(of: user, in: pool)
        // Or who unlocked what they have by what they know or are.
        let isMet =
            demand == .nothing || pool.secondFactors.contains(where: state.hasProvenSecond)
            || state.hasProven(.verifiedPasskey) && user.passkeyCountsForBoth(in: pool)
        let (isTracked, isEnough) = (pool.tracksDevices, pool.devicesReplaceSecondFactors)
        if isTracked, state.hasProven(.device), isMet || isEnough { return .issue }
        // Apps take the proof of a device for the last that is asked.
        if isTracked, state.deviceCanProve, !state.hasProven(.device), isMet || isEnough {
            return .challenge(state.deviceProofBegan ? .devicePasswordVerifier : .deviceSrpAuth)
        }
        if isMet { return .issue }
        // A code that was sent can't be both factors.
        guard state.provesPassword else { return .refuse(.unavailableFactor) }
        switch demand {
        case .nothing: return .issue
        case .oneOf(let factors): return challenge(state, factors)
        case .setUp: return .challenge(.mfaSetup)
        case .impossible: return .refuse(.noSecondFactor)
        }
    }
}

extension UserPool {
    fileprivate var requiresSecondFactor: Bool { configuration.mfaConfiguration == .on }

    /// The address by which alone a forgotten password is recovered; nil where there are two, or none.
    var onlyRecoveryAttribute: String? {
        let mechanisms = configuration.accountRecoverySetting?.recoveryMechanisms?.map(\.name) ?? []
        guard mechanisms.count == 1 else { return nil }
        switch mechanisms[0] {
        case .verifiedEmail: return "email"
        case .verifiedPhoneNumber: return "phone_number"
        default: return nil
        }
    }
}
