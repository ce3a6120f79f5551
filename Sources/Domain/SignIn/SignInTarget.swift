package import CognitoModel

/// How strongly an app wants a user to sign in (developer guide, "Step-up authentication with the USER_AUTH flow"), and
/// what the user has proven to it before.
package struct SignInTarget: Hashable, Sendable {
    /// The levels that will do, in the order in which they are tried. Never empty.
    package let levels: [AuthenticationLevel]
    /// What counts as proven; nil for a sign-in from scratch.
    package private(set) var credit: Credit?

    /// What a user has proven in an earlier sign-in, and when.
    package struct Credit: Hashable, Sendable {
        package let sub: String
        package let methods: Set<AuthenticationMethod>
        package let at: Timestamp

        package init(of sub: String, methods: Set<AuthenticationMethod>, at time: Timestamp) {
            self.sub = sub
            self.methods = methods
            at = time
        }

        /// As factors of a sign-in.
        package var proven: [ProvenFactor] {
            AuthenticationMethod.allCases.filter(methods.contains).map { method in
                let factor: Factor =
                    switch method {
                    case .password: .password
                    case .softwareToken: .softwareToken
                    case .sms: .smsMFA
                    case .email: .emailMFA
                    case .platformPasskey, .roamingPasskey: .passkey
                    }
                return ProvenFactor(factor: factor, provenAt: at, isRoaming: method == .roamingPasskey)
            }
        }
    }

    /// Nil without a level.
    package init?(_ levels: [AuthenticationLevel], credit: Credit? = nil) {
        guard !levels.isEmpty else { return nil }
        self.levels = levels
        self.credit = credit
    }

    /// The same, with what the user has proven in a browser's sign-in.
    package func crediting(_ session: SSOSession) -> SignInTarget {
        var target = self
        target.credit = Credit(of: session.sub, methods: session.proven.methods, at: session.authTime)
        return target
    }

    /// The same for the user: from scratch where the credit is another's, or where by it nothing would be left to
    /// prove.
    package func checked(for user: User, in pool: UserPool) -> SignInTarget {
        guard let credit, credit.sub != user.sub || isMet(for: user, in: pool) else { return self }
        var target = self
        target.credit = nil
        return target
    }

    /// Whether what counts as proven meets the level that comes first of those that the user can reach.
    package func isMet(for user: User, in pool: UserPool) -> Bool {
        let methods = credit?.methods ?? []
        let best = SignInPolicy.bestLevel(of: user, having: methods, in: pool)
        guard let best, let reached = AuthenticationLevel.reached(by: methods),
            let goal = levels.first(where: { $0 <= best })
        else { return false }
        return reached >= goal
    }
}

extension [ProvenFactor] {
    /// The methods that the factors stand for.
    package var methods: Set<AuthenticationMethod> { Set(compactMap(\.method)) }

    /// What tokens say about them.
    package func context(in pool: UserPool) -> AuthenticationContext? {
        AuthenticationLevel.reached(by: methods).map {
            AuthenticationContext(acr: pool.name(of: $0), amr: AuthenticationMethod.claim(methods))
        }
    }
}

extension ProvenFactor {
    /// Nil for what is no method by itself, for what a pool's functions ask, of which nothing is known, and for the
    /// code of a sign-up, of which it isn't kept where it was sent.
    fileprivate var method: AuthenticationMethod? {
        switch factor {
        case .password: .password
        case .softwareToken: .softwareToken
        case .smsCode, .smsMFA: .sms
        case .emailCode, .emailMFA: .email
        case .passkey, .verifiedPasskey: isRoaming ? .roamingPasskey : .platformPasskey
        case .signUpCode, .device, .softwareTokenSetup, .newPassword, .customChallenge: nil
        }
    }
}

extension SecondFactor {
    /// What a right answer is called.
    var method: AuthenticationMethod {
        switch self {
        case .sms: .sms
        case .softwareToken: .softwareToken
        case .email: .email
        }
    }
}
