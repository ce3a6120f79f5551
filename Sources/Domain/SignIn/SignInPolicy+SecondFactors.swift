import CognitoModel

extension SignInPolicy {
    /// What a pool asks of a user beside their password.
    package enum Demand: Hashable, Sendable {
        case nothing
        /// One of these: the only one, or one that the user chooses.
        case oneOf([SecondFactor])
        /// One of these, which the user has to set up first: a software token or a mail address there and then, the
        /// others elsewhere.
        case setUp([SecondFactor])
        /// A factor that the user neither has nor can set up by themselves.
        case impossible
    }

    /// Decides what is asked of a user beside their password (developer guide, "Details of MFA logic at user runtime"):
    /// the factor that they prefer, or else those that they have turned on. A pool that requires a factor asks who has
    /// turned none on for what they have: a token that was verified, or an address. The address by which passwords are
    /// recovered first is left to that where there is another factor, and isn't asked for where it is the only way of
    /// recovery. Who has no address at all may give one. `isRequired` asks as such a pool does.
    package static func secondFactor(of user: User, in pool: UserPool, isRequired: Bool = false) -> Demand {
        let able = SecondFactor.allCases.filter { user.canTake($0, in: pool) }
        let turnedOn = able.filter(user.factors.enabled.contains)
        if let preferred = user.factors.preferred, turnedOn.contains(preferred) { return .oneOf([preferred]) }
        if !turnedOn.isEmpty { return .oneOf(turnedOn) }
        guard isRequired || pool.requiresSecondFactor else { return .nothing }
        let recovery = pool.recoveryAttributes
        let usable = able.filter { $0.attribute == nil || [$0.attribute] != recovery }
        let preferable = usable.filter { $0.attribute == nil || $0.attribute != recovery.first }
        if !usable.isEmpty { return .oneOf(preferable.isEmpty ? usable : preferable) }
        let hasAddress = ["email", "phone_number"].contains { user.attributes[$0] != nil }
        let offered = pool.secondFactors.filter { factor in
            factor.attribute.map { !hasAddress && $0 != recovery.first } ?? true
        }
        return offered.contains(where: \.isSetUpAtSignIn) ? .setUp(offered) : .impossible
    }

    /// Where codes of second factors may go to a user: no code that resets their password goes there.
    static func secondFactorAttributes(of user: User, in pool: UserPool) -> Set<String> {
        var factors = user.factors.enabled.filter { user.canTake($0, in: pool) }
        if case .oneOf(let demanded) = secondFactor(of: user, in: pool) { factors += demanded }
        return Set(factors.compactMap(\.attribute))
    }

    /// What comes after the first factor, of a user who may sign in.
    static func afterFirstFactor(_ state: SignInState, _ user: User, _ pool: UserPool) -> Step {
        let isMet = meetsDemand(state, user, pool)
        // Apps take the proof of a device for the last that is asked.
        if isMet || pool.devicesReplaceSecondFactors, let step = deviceStep(state, pool) { return step }
        if isMet { return .issue }
        // A code that was sent can't be both factors.
        guard state.provesPassword else { return .refuse(.unavailableFactor) }
        switch secondFactor(of: user, in: pool, isRequired: state.needsSecondFactor) {
        case .nothing: return .issue
        case .oneOf(let factors): return challenge(state, factors)
        case .setUp(let offered):
            let givesAddress = state.emailToSetUp != nil && offered.contains(.email)
            return .challenge(givesAddress ? .emailOtp : .mfaSetup)
        case .impossible: return .refuse(.noSecondFactor)
        }
    }

    /// Whether nothing is asked beside the first factor any more. Nothing is of who unlocked what they have by what
    /// they know or are, and of who has just signed up, by a password of theirs and the code that was sent to them
    /// (developer guide, "Adding MFA to a user pool").
    static func meetsDemand(_ state: SignInState, _ user: User, _ pool: UserPool) -> Bool {
        secondFactor(of: user, in: pool, isRequired: state.needsSecondFactor) == .nothing
            || pool.secondFactors.contains(where: state.hasProvenSecond)
            || state.hasProven(.verifiedPasskey) && user.passkeyCountsForBoth(in: pool)
            || state.hasProven(.signUpCode) && user.hasPassword
    }

    /// What comes of the device that the app has named, where nothing else is asked any more; nil where it names none,
    /// or one that can't prove itself.
    static func deviceStep(_ state: SignInState, _ pool: UserPool) -> Step? {
        guard pool.tracksDevices else { return nil }
        if state.hasProven(.device) { return .issue }
        guard state.deviceCanProve else { return nil }
        return .challenge(state.deviceProofBegan ? .devicePasswordVerifier : .deviceSrpAuth)
    }
}

extension UserPool {
    fileprivate var requiresSecondFactor: Bool { configuration.mfaConfiguration == .on }

}
