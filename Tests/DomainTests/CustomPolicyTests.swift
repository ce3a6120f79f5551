import CognitoModel
import Cryptography
import Domain
import Testing

/// CUSTOM_AUTH: what the functions decide, and what they can't.
@Suite struct CustomPolicyTests {
    typealias Step = SignInPolicy.Step
    typealias Decision = CustomAuthentication.Decision

    /// `decision` is what DefineAuthChallenge has said, nil before; `hidden` what comes next where the client hides who
    /// exists.
    @Test(
        "without a password the functions decide, but not for those who may not sign in",
        arguments: [
            (nil, .confirmed, true, .define, .define),
            (
                .challenge(.customChallenge), .confirmed, true, .challenge(.customChallenge),
                .challenge(.customChallenge)
            ),
            (
                .failAuthentication, .confirmed, true, .refuse(.wrongUsernameOrPassword),
                .refuse(.wrongUsernameOrPassword)
            ),
            (.issueTokens, .confirmed, true, .issue, .issue),
            (.issueTokens, .externalProvider, true, .issue, .issue),
            (.issueTokens, .forceChangePassword, true, .issue, .issue),
            (.issueTokens, .unconfirmed, true, .refuse(.userNotConfirmed), .refuse(.userNotConfirmed)),
            (.issueTokens, .resetRequired, true, .refuse(.passwordResetRequired), .refuse(.wrongUsernameOrPassword)),
            (.issueTokens, .confirmed, false, .refuse(.userDisabled), .refuse(.userDisabled)),
            // Nobody learns of it who has proven nothing.
            (nil, .unconfirmed, true, .define, .define), (nil, .confirmed, false, .define, .define),
            (
                .challenge(.customChallenge), .confirmed, false, .challenge(.customChallenge),
                .challenge(.customChallenge)
            ),
        ] as [(Decision?, UserStatusType, Bool, Step, Step)]
    )
    func plain(decision: Decision?, status: UserStatusType, isEnabled: Bool, shown: Step, hidden: Step) throws {
        let user = makeUser(status: status, isEnabled: isEnabled)
        #expect(try next(decision, user) == shown)
        #expect(try next(decision, user, hides: true) == hidden)
        // What the pool asks beside passwords is asked beside passwords.
        #expect(try next(decision, user, in: requiringToken()) == shown)
    }

    @Test(
        "once the password is proven the functions are asked only about those who may sign in",
        arguments: [
            (nil, .confirmed, true, .define), (.issueTokens, .confirmed, true, .issue),
            (.challenge(.customChallenge), .confirmed, true, .challenge(.customChallenge)),
            (nil, .confirmed, false, .refuse(.userDisabled)), (nil, .unconfirmed, true, .refuse(.userNotConfirmed)),
            (nil, .resetRequired, true, .define), (nil, .forceChangePassword, true, .define),
            (.challenge(.newPasswordRequired), .forceChangePassword, true, .challenge(.newPasswordRequired)),
            // A temporary password is never enough.
            (.issueTokens, .forceChangePassword, true, .challenge(.newPasswordRequired)),
            (.issueTokens, .resetRequired, true, .refuse(.passwordResetRequired)),
        ] as [(Decision?, UserStatusType, Bool, Step)]
    )
    func password(decision: Decision?, status: UserStatusType, isEnabled: Bool, step: Step) throws {
        #expect(try next(decision, makeUser(status: status, isEnabled: isEnabled), proven: [.password]) == step)
    }

    @Test("a temporary password that has expired leads nowhere")
    func expired() throws {
        let user = makeUser(status: .forceChangePassword, temporaryPasswordExpiresAt: .test)
        #expect(try next(nil, user, proven: [.password]) == .refuse(.temporaryPasswordExpired))
        #expect(try next(nil, user) == .define)
    }

    @Test(
        "the second factor follows the password, before the functions are asked and whatever they say",
        arguments: [nil, .challenge(.customChallenge), .issueTokens, .failAuthentication] as [Decision?]
    )
    func secondFactor(decision: Decision?) throws {
        let pool = try requiringToken()
        #expect(try next(decision, makeUser(), in: pool, proven: [.password]) == .challenge(.mfaSetup))
        let after = try next(decision, makeUser(), in: pool, proven: [.password, .softwareToken])
        #expect(after == (try next(decision, makeUser(), proven: [.password])))
        let reset = makeUser(status: .resetRequired)
        #expect(try next(decision, reset, in: pool, proven: [.password]) == .challenge(.mfaSetup))
    }

    @Test("the functions may ask for what can be answered")
    func definable() throws {
        let client = try makeClient()
        var state = SignInState(
            of: makeUser(),
            named: "ada",
            client: client,
            flow: .customAuth,
            nonce: "",
            expiresAt: .test
        )
        func may(_ challenge: ChallengeNameType, _ status: UserStatusType = .confirmed, key: Bool = false) -> Bool {
            SignInPolicy.mayDefine(challenge, state, of: makeUser(status: status), bringsPublicKey: key)
        }
        #expect(may(.customChallenge) && may(.passwordVerifier, key: true) && !may(.passwordVerifier))
        let never = ["", "SRP_A", "PASSWORD", "SMS_MFA", "SOFTWARE_TOKEN_MFA", "SELECT_CHALLENGE", "MFA_SETUP"]
        #expect(!never.contains { may(ChallengeNameType(rawValue: $0), key: true) })
        #expect(!may(.newPasswordRequired, .forceChangePassword))
        state.prove(.password, at: .test)
        #expect(may(.newPasswordRequired, .forceChangePassword) && may(.newPasswordRequired, .resetRequired))
        #expect(!may(.newPasswordRequired))
    }

    @Test("what functions keep travels with the session, which is as long whatever it is")
    func state() throws {
        let (vault, client, user) = (try makeVault(), try makeClient(), makeUser())
        var state = SignInState(of: user, named: "ada", client: client, flow: .customAuth, nonce: "", expiresAt: .test)
        state.beginWithPassword()
        state = state.awaiting(.customChallenge, of: user, codeHash: nil, nonce: "n", expiresAt: .test)
        let empty = try state.sealed(by: vault)
        state.decide(.challenge(.customChallenge), at: .test)
        state.ask(question(["answer": "1234 \"ü\""], metadata: "CODE-1234"))
        let sealed = try state.sealed(by: vault)
        #expect(sealed.count == empty.count && sealed.count <= 4096)
        var opened = try SignInState.open(sealed, vault: vault)
        #expect(opened.custom == state.custom && opened.custom.privateParameters == ["answer": "1234 \"ü\""])
        #expect(opened.custom.decision == .challenge(.customChallenge))
        opened.noteAnswer(isRight: false)
        #expect(
            opened.custom.results == [
                ChallengeResult("SRP_A", isRight: true),
                ChallengeResult("CUSTOM_CHALLENGE", isRight: false, metadata: "CODE-1234"),
            ]
        )
        #expect(opened.custom.privateParameters.isEmpty && opened.custom.decision == nil)
        #expect(try SignInState.open(opened.sealed(by: vault), vault: vault).custom == opened.custom)
    }

    @Test("a session holds two kilobytes of what functions keep, or sixty answers, and never more than it may")
    func room() throws {
        let (vault, client) = (try makeVault(), try makeClient())
        let user = makeUser(username: String(repeating: "\u{1F600}", count: 32))
        let name = String(repeating: "\u{1F600}", count: 32)
        var state = SignInState(of: user, named: name, client: client, flow: .customAuth, nonce: "", expiresAt: .test)
        state = state.awaiting(.customChallenge, of: user, codeHash: nil, nonce: "n", expiresAt: .test)
        var kept = state
        kept.ask(question(["answer": String(repeating: "x", count: 2000)]))
        #expect(try kept.sealed(by: vault).count <= 4096)
        kept.ask(question(["answer": String(repeating: "x", count: 3000)]))
        #expect(throws: TriggerFailure.self) { try kept.sealed(by: vault) }
        for _ in 0..<60 { state.noteAnswer(isRight: false) }
        #expect(try state.sealed(by: vault).count <= 4096)
        for _ in 0..<100 { state.noteAnswer(isRight: false) }
        #expect(throws: TriggerFailure.self) { try state.sealed(by: vault) }
    }

    private func question(_ parameters: [String: String], metadata: String? = nil) -> CustomAuthentication.Question {
        CustomAuthentication.Question(publicParameters: [:], privateParameters: parameters, metadata: metadata)
    }

    private func next(
        _ decision: Decision?,
        _ user: User,
        in pool: UserPool? = nil,
        proven: [Factor] = [],
        hides: Bool = false
    ) throws -> Step {
        let client = try makeClient(hides ? #""PreventUserExistenceErrors":"ENABLED""# : "")
        var state = SignInState(of: user, named: "ada", client: client, flow: .customAuth, nonce: "", expiresAt: .test)
        for factor in proven { state.prove(factor, at: .test) }
        if let decision { state.decide(decision, at: .test) }
        return SignInPolicy.next(state, user: user, pool: try pool ?? makePool(), client: client, now: .test)
    }

    /// A pool that asks everybody for a second factor, which those who have none set up.
    private func requiringToken() throws -> UserPool {
        let basis = try makePool()
        var configuration = basis.configuration
        configuration.mfaConfiguration = .on
        var mfa = MFASettings()
        mfa.softwareToken = SoftwareTokenMfaConfigType(enabled: true)
        return UserPool(
            id: basis.id,
            region: basis.region,
            accountID: basis.accountID,
            configuration: configuration,
            mfa: mfa
        )
    }
}
