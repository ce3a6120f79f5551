import CognitoModel
import Domain
import Testing

/// What a sign-in asks for so that it reaches the level that the app wants.
@Suite struct StepUpPolicyTests {
    /// One row: of a user with those means (`phone`, `email`, `totp`, `passkey`; `+sms` what they turned on;
    /// `!password` without a password) in a pool with those second factors, who has proven this.
    struct Row: Sendable, CustomTestStringConvertible {
        let pool: String
        let user: String
        let target: [Int]
        let credit: [AuthenticationMethod]?
        let proven: [Factor]
        let step: SignInPolicy.Step

        init(
            _ pool: String,
            _ user: String,
            _ target: [Int],
            _ proven: [Factor],
            credit: [AuthenticationMethod]? = nil,
            _ step: SignInPolicy.Step
        ) {
            self.pool = pool
            self.user = user
            self.target = target
            self.credit = credit
            self.proven = proven
            self.step = step
        }

        var testDescription: String {
            "pool \(pool), user \(user), target \(target), proven \(proven), credit \(credit?.map(\.rawValue) ?? [])"
        }
    }

    static let all = "OPTIONAL sms totp email"

    static let rows: [Row] = [
        // A password alone reaches the first level, and no more.
        Row("OFF", "", [1], [.password], .issue),
        Row("OFF", "", [4], [.password], .refuse(.levelUnreachable)),
        Row("OFF", "", [4, 1], [.password], .issue),
        // The best level that the user can reach is asked for, and no lower one.
        Row(all, "totp", [4, 1], [.password], .challenge(.softwareTokenMfa)),
        Row(all, "totp", [1, 4], [.password], .issue),
        Row(all, "phone+", [4, 3, 1], [.password], .challenge(.smsMfa)),
        Row(all, "phone+ email+", [3], [.password], .challenge(.selectMfaType)),
        Row(all, "phone+ totp", [4], [.password], .challenge(.softwareTokenMfa)),
        Row(all, "totp", [2], [.password], .challenge(.softwareTokenMfa)),
        // An address that isn't verified, and wasn't turned on, is no factor; one that recovers the password alone
        // neither.
        Row(all, "phone", [3], [.password], .refuse(.levelUnreachable)),
        Row(all, "phone +sms", [3], [.password], .challenge(.smsMfa)),
        Row("OPTIONAL sms totp recovery=phone_number", "phone+", [3], [.password], .refuse(.levelUnreachable)),
        // What is enough is enough.
        Row(all, "totp", [4], [.password, .softwareToken], .issue),
        Row(all, "phone+", [3], [.password, .smsMFA], .issue),
        // The factors that the pool demands are demanded whatever the target.
        Row("ON totp", "totp", [1], [.password], .challenge(.softwareTokenMfa)),
        Row("ON sms", "phone", [1], [.password], .challenge(.smsMfa)),
        Row("ON totp", "", [4], [.password], .challenge(.mfaSetup)),
        Row("ON totp", "", [1], [.password], .challenge(.mfaSetup)),
        // A target says which of several is asked for.
        Row("ON sms totp", "phone totp +sms !sms", [4], [.password], .challenge(.softwareTokenMfa)),
        Row("ON sms totp", "phone totp +sms !sms", [3], [.password], .challenge(.selectMfaType)),
        Row("ON sms totp", "phone totp +sms !sms", [1], [.password], .challenge(.smsMfa)),
        // Codes and passkeys reach the levels of their own, and go on to a password where that isn't enough.
        Row(all, "email+ choice", [2], [.emailCode], .issue),
        Row(all, "email+ choice", [3], [.emailCode], .challenge(.selectChallenge)),
        Row(all, "email+ totp choice", [4], [.emailCode, .password], .challenge(.softwareTokenMfa)),
        Row(all, "passkey choice", [3], [.passkey], .issue),
        Row(all, "passkey choice !password", [4], [.passkey], .refuse(.levelUnreachable)),
        Row(all, "passkey choice !password", [4, 3], [.passkey], .issue),
        Row(all, "passkey choice", [3], [.password], .challenge(.webAuthn)),
        Row(all, "passkey totp choice", [4], [.passkey], .challenge(.selectChallenge)),
        // What an access token has shown isn't asked again.
        Row(all, "totp", [4], [], credit: [.password], .challenge(.softwareTokenMfa)),
        Row(all, "totp", [4], [.softwareToken], credit: [.password], .issue),
        Row(all, "phone+ totp +sms", [4], [], credit: [.password, .sms], .challenge(.softwareTokenMfa)),
        Row("ON sms totp", "phone totp +sms !sms", [4], [.softwareToken], credit: [.password, .sms], .issue),
        Row(all, "email+ choice", [3], [], credit: [.email], .challenge(.selectChallenge)),
    ]

    @Test("what comes next", arguments: rows)
    func next(row: Row) throws {
        let (pool, user) = (try makePool(row), makeUser(row))
        #expect(
            SignInPolicy.next(try state(row, user), user: user, pool: pool, client: try makeClient(), now: .test)
                == row.step
        )
    }

    @Test(
        "a target leaves those of the first factors that might lead there",
        arguments: [
            ([1], ["EMAIL_OTP", "WEB_AUTHN", "PASSWORD", "PASSWORD_SRP"]),
            ([2], ["EMAIL_OTP", "WEB_AUTHN", "PASSWORD", "PASSWORD_SRP"]),
            ([3], ["WEB_AUTHN", "PASSWORD", "PASSWORD_SRP"]), ([4], ["PASSWORD", "PASSWORD_SRP"]),
            ([4, 3], ["WEB_AUTHN", "PASSWORD", "PASSWORD_SRP"]),
        ]
    )
    func choices(target: [Int], expected: [String]) throws {
        let row = Row(Self.all, "email+ passkey choice", target, [], .issue)
        let (pool, user) = (try makePool(row), makeUser(row))
        #expect(SignInPolicy.choices(try state(row, user), user, pool).map(\.rawValue) == expected)
        #expect(
            SignInPolicy.next(try state(row, user), user: user, pool: pool, client: try makeClient(), now: .test)
                == .challenge(.selectChallenge)
        )
    }

    @Test("a choice after the first factor is followed")
    func chosen() throws {
        let row = Row(Self.all, "email+ choice", [3], [.emailCode], .issue)
        let (pool, user) = (try makePool(row), makeUser(row))
        var state = try state(row, user)
        #expect(SignInPolicy.choices(state, user, pool) == [.password, .passwordSrp])
        for (choice, expected) in [
            (ChallengeNameType.password, ChallengeNameType.password), (.passwordSrp, .passwordSrp),
            (.passwordVerifier, .passwordVerifier), (.emailOtp, .selectChallenge),
        ] {
            state.choose(choice)
            let next = SignInPolicy.next(state, user: user, pool: pool, client: try makeClient(), now: .test)
            #expect(next == .challenge(expected))
        }
    }

    private func state(_ row: Row, _ user: User) throws -> SignInState {
        let levels = row.target.compactMap(AuthenticationLevel.init(rawValue:))
        let credit = row.credit.map { SignInTarget.Credit(of: user.sub, methods: Set($0), at: .test) }
        var state = SignInState(
            of: user,
            named: "alice",
            client: try makeClient(),
            flow: .userAuth,
            target: SignInTarget(levels, credit: credit),
            nonce: "",
            expiresAt: .test
        )
        for factor in row.proven { state.prove(factor, at: .test) }
        return state
    }

    private func makePool(_ row: Row) throws -> UserPool {
        let factors = #"["PASSWORD","EMAIL_OTP","SMS_OTP","WEB_AUTHN"]"#
        let choice =
            row.user.contains("choice") ? #""Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":\#(factors)}}"# : ""
        let basis = try DomainTests.makePool(choice)
        var (configuration, mfa) = (basis.configuration, MFASettings())
        let words = row.pool.split(separator: " ").map(String.init)
        configuration.mfaConfiguration = UserPoolMfaType(rawValue: words[0])
        if words.contains("sms") { configuration.smsConfiguration = SmsConfigurationType(snsCallerArn: "arn:x") }
        if words.contains("totp") { mfa.softwareToken = SoftwareTokenMfaConfigType(enabled: true) }
        if words.contains("email") { mfa.email = EmailMfaConfigType() }
        mfa.webAuthn = WebAuthnConfigurationType(relyingPartyId: "example.com")
        if words.contains("recovery=phone_number") {
            configuration.accountRecoverySetting = AccountRecoverySettingType(recoveryMechanisms: [
                RecoveryOptionType(priority: 1, name: .verifiedPhoneNumber)
            ])
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
        var user = User(
            poolID: "us-east-1_aBcD12345",
            sub: "00000000-0000-4000-8000-000000000001",
            username: "alice",
            status: .confirmed,
            attributes: UserAttributes([]),
            password: words.contains("!password") ? nil : StoredPassword(salt: [1], sealedVerifier: [2]),
            passkeyCount: words.contains("passkey") ? 1 : 0,
            createdAt: .test,
            modifiedAt: .test
        )
        for (name, attribute, value) in [
            ("phone", "phone_number", "+15550001111"), ("email", "email", "a@example.com"),
        ] {
            guard words.contains(name) || words.contains("\(name)+") else { continue }
            user.attributes[attribute] = value
            if words.contains("\(name)+") { user.attributes["\(attribute)_verified"] = "true" }
        }
        if words.contains("totp") {
            user.factors.softwareToken = SoftwareToken(sealedSecret: [1], name: nil, lastStep: 0)
        }
        if words.contains("+sms") { user.factors.turn(.sms, on: true) }
        if words.contains("!sms") { user.factors.prefer(.sms) }
        return user
    }
}

/// What a sign-in is credited with.
@Suite struct SignInTargetTests {
    private let user = makeUser()

    private func target(_ methods: Set<AuthenticationMethod>, of sub: String? = nil) throws -> SignInTarget {
        let credit = SignInTarget.Credit(of: sub ?? user.sub, methods: methods, at: .test)
        return try #require(SignInTarget([.three], credit: credit))
    }

    @Test("what another has proven counts for nothing, nor what leaves nothing to prove")
    func checked() throws {
        let pool = try makePool()
        #expect(try target([.email]).checked(for: user, in: pool).credit != nil)
        #expect(try target([.email], of: "another").checked(for: user, in: pool).credit == nil)
        #expect(try target([.roamingPasskey]).checked(for: user, in: pool).credit == nil)
        #expect(SignInTarget([]) == nil)
    }

    @Test("levels and credit travel sealed")
    func sealed() throws {
        let (vault, client) = (try makeVault(), try makeClient())
        let state = SignInState(
            of: user,
            named: String(repeating: "名", count: 128),
            client: client,
            flow: .userAuth,
            target: try target(Set(AuthenticationMethod.allCases)),
            nonce: "",
            expiresAt: .test
        )
        let asked = state.awaiting(.smsMfa, of: user, codeHash: [1], nonce: "n", expiresAt: .test)
        let text = try asked.sealed(by: vault)
        let opened = try SignInState.open(text, vault: vault)
        #expect(opened.targetLevels == [.three])
        #expect(opened.credit == state.credit && opened.methods == Set(AuthenticationMethod.allCases))
        #expect(text.utf8.count <= 4096)
        let plain = SignInState(of: user, named: "a", client: client, flow: .userAuth, nonce: "", expiresAt: .test)
        let next = plain.awaiting(.smsMfa, of: user, codeHash: nil, nonce: "n", expiresAt: .test)
        #expect(try next.sealed(by: vault).utf8.count == text.utf8.count)
    }
}
