import CognitoModel
import Domain
import Testing

/// When a second factor is asked for, and which: the whole matrix of pool, user and flow.
@Suite struct SecondFactorPolicyTests {
    /// One row: of a pool in that mode with those factors, a user with those means and preferences.
    struct Row: Sendable, CustomTestStringConvertible {
        let mode: String
        /// `sms`, `totp`, `email`: the factors of the pool; `recovery=` the ways of recovery, the first first, by mail
        /// and then by text where none are named.
        let pool: String
        /// `phone`, `email`, `totp`: what the user has; `+sms` and so on: what they turned on; `!sms`: what they
        /// prefer.
        let user: String
        let demand: SignInPolicy.Demand

        init(_ mode: String, _ pool: String, _ user: String, _ demand: SignInPolicy.Demand) {
            self.mode = mode
            self.pool = pool
            self.user = user
            self.demand = demand
        }

        var testDescription: String { "\(mode), pool \(pool), user \(user)" }
    }

    static let rows: [Row] = [
        // Off asks nothing, whatever the user has.
        Row("OFF", "", "phone email totp +sms +totp +email !totp", .nothing),
        // Optional asks those who turned something on that the pool still has.
        Row("OPTIONAL", "sms totp email", "phone email totp", .nothing),
        Row("OPTIONAL", "sms totp email", "phone email totp +sms", .oneOf([.sms])),
        Row("OPTIONAL", "sms totp email", "phone email totp +totp", .oneOf([.softwareToken])),
        Row("OPTIONAL", "sms totp email", "phone email totp +email", .oneOf([.email])),
        Row("OPTIONAL", "sms totp", "phone totp +sms +totp", .oneOf([.sms, .softwareToken])),
        Row("OPTIONAL", "sms totp", "phone totp +sms +totp !totp", .oneOf([.softwareToken])),
        Row("OPTIONAL", "sms totp", "phone totp +sms +totp !sms", .oneOf([.sms])),
        Row(
            "OPTIONAL",
            "sms totp email",
            "phone email totp +sms +totp +email",
            .oneOf([.sms, .softwareToken, .email])
        ),
        Row("OPTIONAL", "sms", "phone totp +sms +totp !totp", .oneOf([.sms])),
        Row("OPTIONAL", "sms", "phone totp +totp !totp", .nothing),
        Row("OPTIONAL", "sms totp", "totp +sms", .nothing),
        Row("OPTIONAL", "totp", "", .nothing),
        // On asks those who turned nothing on for what they have.
        Row("ON", "sms", "phone", .oneOf([.sms])),
        Row("ON", "sms", "", .impossible),
        Row("ON", "sms", "email", .impossible),
        Row("ON", "email", "email", .oneOf([.email])),
        Row("ON", "email", "phone", .impossible),
        Row("ON", "totp", "", .setUp([.softwareToken])),
        Row("ON", "totp", "phone email", .setUp([.softwareToken])),
        Row("ON", "totp", "totp", .oneOf([.softwareToken])),
        Row("ON", "sms totp", "phone", .oneOf([.sms])),
        Row("ON", "sms totp", "", .setUp([.sms, .softwareToken])),
        Row("ON", "sms totp", "email", .setUp([.softwareToken])),
        Row("ON", "sms totp", "phone totp", .oneOf([.sms, .softwareToken])),
        Row("ON", "sms totp", "phone totp +totp", .oneOf([.softwareToken])),
        Row("ON", "sms totp", "phone totp +sms", .oneOf([.sms])),
        Row("ON", "sms totp", "phone totp +sms +totp !sms", .oneOf([.sms])),
        Row("ON", "sms totp email recovery=admin", "phone email", .oneOf([.sms, .email])),
        Row("ON", "sms totp email recovery=admin", "phone email totp", .oneOf([.sms, .softwareToken, .email])),
        // Who has no address may give one.
        Row("ON", "email recovery=phone_number,email", "", .setUp([.email])),
        Row("ON", "sms totp email recovery=phone_number,email", "", .setUp([.softwareToken, .email])),
        Row("ON", "sms totp email recovery=admin", "", .setUp([.sms, .softwareToken, .email])),
        Row("ON", "totp email recovery=phone_number,email", "phone", .setUp([.softwareToken])),
        // What is turned on and gone by now counts for nothing.
        Row("ON", "sms", "phone totp +totp !totp", .oneOf([.sms])),
        Row("ON", "totp", "phone +sms !sms", .setUp([.softwareToken])),
        // The address that recovers the password first is left to that where there is another factor.
        Row("ON", "sms totp email", "phone email", .oneOf([.sms])),
        Row("ON", "sms totp email", "phone email totp", .oneOf([.sms, .softwareToken])),
        Row("ON", "totp email", "email totp", .oneOf([.softwareToken])),
        Row("ON", "totp email", "email", .oneOf([.email])),
        Row("ON", "sms email recovery=phone_number,email", "phone email", .oneOf([.email])),
        Row("ON", "sms totp email", "", .setUp([.sms, .softwareToken])),
        Row("ON", "email", "", .impossible),
        Row("ON", "sms email", "phone email +email", .oneOf([.email])),
        // An address that alone recovers the password is no factor by itself, but one that was turned on is.
        Row("ON", "email recovery=email", "email", .impossible),
        Row("ON", "totp email recovery=email", "email", .setUp([.softwareToken])),
        Row("ON", "sms recovery=phone_number", "phone", .impossible),
        Row("ON", "sms totp recovery=phone_number", "phone", .setUp([.softwareToken])),
        Row("ON", "sms recovery=phone_number", "phone +sms", .oneOf([.sms])),
        Row("ON", "sms recovery=email", "phone", .oneOf([.sms])),
    ]

    @Test("what is asked for, by pool and user", arguments: rows)
    func demand(row: Row) throws {
        let (pool, user) = (try makePool(row), makeUser(row))
        #expect(SignInPolicy.secondFactor(of: user, in: pool) == row.demand)
    }

    static let flows: [AuthFlowType] = [
        .userPasswordAuth, .adminUserPasswordAuth, .adminNoSrpAuth, .userSrpAuth, .userAuth,
    ]

    @Test("the same after a password by every flow, and after a new one", arguments: rows, flows)
    func step(row: Row, flow: AuthFlowType) throws {
        let (pool, user) = (try makePool(row), makeUser(row))
        let expected: SignInPolicy.Step =
            switch row.demand {
            case .nothing: .issue
            case .oneOf(let factors): .challenge(factors.count == 1 ? factors[0].challenge : .selectMfaType)
            case .setUp: .challenge(.mfaSetup)
            case .impossible: .refuse(.noSecondFactor)
            }
        for proven in [[.password], [.password, .newPassword]] as [[Factor]] {
            #expect(try next(flow, proven, user, pool) == expected, "\(proven)")
        }
        // Codes can't be both factors; where nothing more is asked, they are enough.
        let alone = row.demand == .nothing ? SignInPolicy.Step.issue : .refuse(.unavailableFactor)
        for factor in [Factor.emailCode, .smsCode] {
            #expect(try next(flow, [factor], user, pool) == alone)
        }
        // Who signed up by a password and a code has given two; without a password it was a code alone.
        #expect(try next(flow, [.signUpCode], user, pool) == .issue)
        var passwordless = user
        passwordless.password = nil
        #expect(try next(flow, [.signUpCode], passwordless, pool) == alone)
        // An address that was given is asked for its code, where it may be given.
        var giving = expected
        if case .setUp(let offered) = row.demand, offered.contains(.email) { giving = .challenge(.emailOtp) }
        #expect(try next(flow, [.password], user, pool, giving: "alice@example.com") == giving)
        // A first code of a token that is set up is no factor yet.
        #expect(try next(flow, [.password, .softwareTokenSetup], user, pool) == expected)
        // A factor is enough if the pool has it still.
        for factor in SecondFactor.allCases {
            let isEnough = pool.secondFactors.contains(factor) || row.demand == .nothing
            #expect(try next(flow, [.password, factor.factor], user, pool) == (isEnough ? .issue : expected))
        }
        // A choice among several is asked for; any other means nothing.
        for factor in SecondFactor.allCases {
            var chosen = expected
            if case .oneOf(let factors) = row.demand, factors.contains(factor) { chosen = .challenge(factor.challenge) }
            #expect(try next(flow, [.password], user, pool, choosing: factor) == chosen)
        }
    }

    @Test("a temporary password is replaced first", arguments: rows)
    func newPasswordFirst(row: Row) throws {
        var user = makeUser(row)
        user.status = .forceChangePassword
        #expect(try next(.userPasswordAuth, [.password], user, makePool(row)) == .challenge(.newPasswordRequired))
    }

    @Test("who comes from elsewhere is asked there", arguments: rows)
    func external(row: Row) throws {
        var user = makeUser(row)
        user.status = .externalProvider
        #expect(try next(.userPasswordAuth, [.password], user, makePool(row)) == .issue)
    }

    @Test("who is asked for a second factor can't begin with a code", arguments: rows)
    func firstFactors(row: Row) throws {
        let settings = #""Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","EMAIL_OTP","SMS_OTP"]}}"#
        let pool = try makePool(row, settings)
        var user = makeUser(row)
        for name in ["email", "phone_number"] where user.attributes[name] != nil {
            user.attributes["\(name)_verified"] = "true"
        }
        let codes = FirstFactors.available(to: user, in: pool).filter { [.emailOtp, .smsOtp].contains($0) }
        let has = ["email", "phone_number"].filter { user.attributes[$0] != nil }.count
        #expect(codes.count == (row.demand == .nothing ? has : 0))
    }

    private func next(
        _ flow: AuthFlowType,
        _ proven: [Factor],
        _ user: User,
        _ pool: UserPool,
        choosing choice: SecondFactor? = nil,
        giving email: String? = nil
    ) throws -> SignInPolicy.Step {
        let client = try makeClient()
        var state = SignInState(of: user, named: "alice", client: client, flow: flow, nonce: "", expiresAt: .test)
        for factor in proven { state.prove(factor, at: .test) }
        if let choice { state.choose(choice.challenge) }
        if let email { state.setUp(email: email) }
        return SignInPolicy.next(state, user: user, pool: pool, client: client, now: .test)
    }

    private func makePool(_ row: Row, _ settings: String = "") throws -> UserPool {
        let basis = try DomainTests.makePool(settings)
        var (configuration, mfa) = (basis.configuration, MFASettings())
        configuration.mfaConfiguration = UserPoolMfaType(rawValue: row.mode)
        let words = row.pool.split(separator: " ").map(String.init)
        if words.contains("sms") { configuration.smsConfiguration = SmsConfigurationType(snsCallerArn: "arn:x") }
        if words.contains("totp") { mfa.softwareToken = SoftwareTokenMfaConfigType(enabled: true) }
        if words.contains("email") { mfa.email = EmailMfaConfigType() }
        if let recovery = words.first(where: { $0.hasPrefix("recovery=") })?.dropFirst("recovery=".count) {
            let options = recovery.split(separator: ",").enumerated().map { index, name in
                let name = RecoveryOptionNameType(rawValue: name == "admin" ? "admin_only" : "verified_\(name)")
                return RecoveryOptionType(priority: index + 1, name: name)
            }
            configuration.accountRecoverySetting = AccountRecoverySettingType(recoveryMechanisms: options)
        }
        return UserPool(
            id: basis.id,
            region: basis.region,
            accountID: basis.accountID,
            configuration: configuration,
            mfa: mfa
        )
    }

    private func makeUser(_ row: Row) -> User {
        let words = row.user.split(separator: " ").map(String.init)
        var user = DomainTests.makeUser()
        if words.contains("phone") { user.attributes["phone_number"] = "+15550001111" }
        if words.contains("email") { user.attributes["email"] = "alice@example.com" }
        if words.contains("totp") {
            user.factors.softwareToken = SoftwareToken(sealedSecret: [1], name: nil, lastStep: 0)
        }
        let names: [(String, SecondFactor)] = [("sms", .sms), ("totp", .softwareToken), ("email", .email)]
        for (name, factor) in names where words.contains("+\(name)") { user.factors.turn(factor, on: true) }
        for (name, factor) in names where words.contains("!\(name)") { user.factors.prefer(factor) }
        return user
    }
}
