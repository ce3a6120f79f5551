package import CognitoModel

/// What is asked of a user so that they reach the level that the app wants.
extension SignInPolicy {
    /// The first factors that the user may choose from now: those to begin with or, where the level asks for more after
    /// the first, those that lead there. Before anything is proven it isn't told who has which second factor: whoever
    /// has a password might.
    package static func choices(_ state: SignInState, _ user: User, _ pool: UserPool) -> [ChallengeNameType] {
        let available = FirstFactors.available(to: user, in: pool)
        guard let lowest = state.targetLevels.min() else { return available }
        guard state.provesFirstFactor else {
            return available.filter { ceiling($0) >= lowest }
        }
        guard let goal = goal(state, user, pool) else { return [] }
        return available.filter { choice in
            guard let method = method(choice), !state.methods.contains(method) else { return false }
            if method.isPasskey && state.methods.contains(where: \.isPasskey) { return false }
            let having = state.methods.union([method])
            return bestLevel(of: user, having: having, in: pool, byFirstFactors: false).map { $0 >= goal } ?? false
        }
    }

    /// The second factors that are asked for: those that lead to the level, or else those that the pool demands.
    package static func secondFactors(_ state: SignInState, _ user: User, _ pool: UserPool) -> [SecondFactor] {
        let steps = stepFactors(state, user, pool)
        if !steps.isEmpty { return steps }
        let demand = secondFactor(of: user, in: pool, isRequired: state.needsSecondFactor)
        guard case .oneOf(let factors) = demand else { return [] }
        return factors
    }

    /// What the level asks for beyond what is proven; nil where it asks for nothing. Nobody is asked to set up a factor
    /// for it, but whom the pool has set one up is taken at that.
    static func stepUp(_ state: SignInState, _ user: User, _ pool: UserPool) -> Step? {
        guard !state.targetLevels.isEmpty else { return nil }
        if case .setUp = secondFactor(of: user, in: pool) { return nil }
        guard let goal = goal(state, user, pool) else { return .refuse(.levelUnreachable) }
        guard AuthenticationLevel.reached(by: state.methods).map({ $0 < goal }) ?? true else { return nil }
        let factors = stepFactors(state, user, pool)
        if !factors.isEmpty { return challenge(state, factors) }
        let choices = choices(state, user, pool)
        let chosen = state.chosenSecondFactor
        // PASSWORD_VERIFIER is the second half of PASSWORD_SRP.
        if let chosen, choices.contains(chosen == .passwordVerifier ? .passwordSrp : chosen) {
            return .challenge(chosen)
        }
        guard !choices.isEmpty else { return .refuse(.levelUnreachable) }
        return .challenge(choices.count == 1 ? choices[0] : .selectChallenge)
    }

    /// The challenge that asks for one of the factors: the only one, or the one that was chosen.
    static func challenge(_ state: SignInState, _ factors: [SecondFactor]) -> Step {
        if factors.count == 1 { return .challenge(factors[0].challenge) }
        let chosen = factors.first { $0.challenge == state.chosenSecondFactor }
        return .challenge(chosen?.challenge ?? .selectMfaType)
    }

    /// The highest level that the user reaches by what was proven and all that they have; nil where that is none.
    static func bestLevel(
        of user: User,
        having methods: Set<AuthenticationMethod>,
        in pool: UserPool,
        byFirstFactors: Bool = true
    ) -> AuthenticationLevel? {
        var all = methods
        if byFirstFactors {
            all.formUnion(
                FirstFactors.available(to: user, in: pool).filter { ![.emailOtp, .smsOtp].contains($0) }.compactMap(
                    method
                )
            )
        }
        // Second factors come after a password alone.
        if all.contains(.password) { all.formUnion(usable(user, pool).map(\.method)) }
        return .reached(by: all)
    }

    /// The first of the levels that the user can reach.
    private static func goal(_ state: SignInState, _ user: User, _ pool: UserPool) -> AuthenticationLevel? {
        guard let best = bestLevel(of: user, having: state.methods, in: pool) else { return nil }
        return state.targetLevels.first { $0 <= best }
    }

    /// The second factors that lead to the level from here.
    private static func stepFactors(_ state: SignInState, _ user: User, _ pool: UserPool) -> [SecondFactor] {
        guard state.methods.contains(.password), let goal = goal(state, user, pool),
            AuthenticationLevel.reached(by: state.methods).map({ $0 < goal }) ?? true
        else { return [] }
        return usable(user, pool).filter { factor in
            guard !state.methods.contains(factor.method) else { return false }
            return AuthenticationLevel.reached(by: state.methods.union([factor.method])).map { $0 >= goal } ?? false
        }
    }

    /// The second factors that the user has: those that they have turned on or are asked for, those whose address is
    /// verified and isn't all that their password is recovered by, and a token.
    private static func usable(_ user: User, _ pool: UserPool) -> [SecondFactor] {
        var demanded: [SecondFactor] = []
        if case .oneOf(let factors) = secondFactor(of: user, in: pool) { demanded = factors }
        return SecondFactor.allCases.filter { factor in
            guard user.canTake(factor, in: pool) else { return false }
            guard let attribute = factor.attribute else { return true }
            return user.factors.enabled.contains(factor) || demanded.contains(factor)
                || user.attributes.isVerified(attribute) && [attribute] != pool.recoveryAttributes
        }
    }

    /// The highest level of a sign-in that begins so and goes on by second factors.
    private static func ceiling(_ choice: ChallengeNameType) -> AuthenticationLevel {
        switch choice {
        case .webAuthn: .three
        case .emailOtp, .smsOtp: .two
        default: .four
        }
    }

    private static func method(_ choice: ChallengeNameType) -> AuthenticationMethod? {
        switch choice {
        case .password, .passwordSrp: .password
        case .webAuthn: .platformPasskey
        case .emailOtp: .email
        case .smsOtp: .sms
        default: nil
        }
    }
}
