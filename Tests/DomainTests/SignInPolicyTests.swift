import CognitoModel
import Domain
import Testing

@Suite struct SignInPolicyTests {
    static let flows: [AuthFlowType] = [
        .userPasswordAuth, .adminUserPasswordAuth, .adminNoSrpAuth, .userSrpAuth, .userAuth, .customAuth,
        .refreshTokenAuth, .refreshToken,
    ]
    static let firstFactors: [Factor] = [.password, .emailCode, .smsCode, .signUpCode]

    /// A user as they stand when a sign-in comes to them.
    struct Account: Sendable, CustomTestStringConvertible {
        let status: UserStatusType
        let isEnabled: Bool
        /// Milliseconds until the temporary password stops working; nil for one that never does.
        let millisecondsLeft: Int64?

        init(_ status: UserStatusType, isEnabled: Bool = true, millisecondsLeft: Int64? = nil) {
            self.status = status
            self.isEnabled = isEnabled
            self.millisecondsLeft = millisecondsLeft
        }

        var testDescription: String {
            let expiry = millisecondsLeft.map { ", \($0) ms left" } ?? ""
            return "\(status.rawValue), \(isEnabled ? "enabled" : "disabled")\(expiry)"
        }

        static let all =
            [UserStatusType.confirmed, .externalProvider, .unconfirmed, .resetRequired, .forceChangePassword]
            .flatMap { [Account($0), Account($0, isEnabled: false)] }
            + [1, 0, -1].map { Account(.forceChangePassword, millisecondsLeft: $0) }

        var user: User {
            makeUser(
                status: status,
                isEnabled: isEnabled,
                temporaryPasswordExpiresAt: millisecondsLeft.map(Timestamp.test.adding(milliseconds:))
            )
        }
    }

    @Test(
        "before a factor is proven the flow alone decides, whatever state the user is in",
        arguments: [
            (.userPasswordAuth, .challenge(.password)), (.adminUserPasswordAuth, .challenge(.password)),
            (.adminNoSrpAuth, .challenge(.password)), (.userSrpAuth, .challenge(.passwordVerifier)),
            (.userAuth, .challenge(.selectChallenge)), (.customAuth, .define),
            (.refreshTokenAuth, .refuse(.flowNotSupported)), (.refreshToken, .refuse(.flowNotSupported)),
            (AuthFlowType(rawValue: "NONSENSE"), .refuse(.flowNotSupported)),
        ] as [(AuthFlowType, SignInPolicy.Step)]
    )
    func nothingProven(flow: AuthFlowType, step: SignInPolicy.Step) throws {
        for account in Account.all {
            for hides in [false, true] {
                #expect(try next(flow, [], account, hides: hides) == step, "\(account.testDescription)")
                // A new password says nothing about who chose it.
                #expect(try next(flow, [.newPassword], account, hides: hides) == step, "\(account.testDescription)")
            }
        }
    }

    /// `hidden` is what comes next where the client hides who exists.
    @Test(
        "once a factor is proven the user's state alone decides, by whatever flow and factor",
        arguments: [
            (Account(.confirmed), .issue, .issue),
            (Account(.externalProvider), .issue, .issue),
            (Account(.unconfirmed), .refuse(.userNotConfirmed), .refuse(.userNotConfirmed)),
            (Account(.resetRequired), .refuse(.passwordResetRequired), .refuse(.wrongUsernameOrPassword)),
            (Account(.forceChangePassword), .challenge(.newPasswordRequired), .challenge(.newPasswordRequired)),
            (
                Account(.forceChangePassword, millisecondsLeft: 1), .challenge(.newPasswordRequired),
                .challenge(.newPasswordRequired)
            ),
            (
                Account(.forceChangePassword, millisecondsLeft: 0), .refuse(.temporaryPasswordExpired),
                .refuse(.temporaryPasswordExpired)
            ),
            (
                Account(.forceChangePassword, millisecondsLeft: -1), .refuse(.temporaryPasswordExpired),
                .refuse(.temporaryPasswordExpired)
            ),
            // An expiry that was left behind by a password of the user's own means nothing.
            (Account(.confirmed, millisecondsLeft: -1), .issue, .issue),
            (Account(.confirmed, isEnabled: false), .refuse(.userDisabled), .refuse(.userDisabled)),
            (Account(.externalProvider, isEnabled: false), .refuse(.userDisabled), .refuse(.userDisabled)),
            (Account(.unconfirmed, isEnabled: false), .refuse(.userDisabled), .refuse(.userDisabled)),
            (Account(.resetRequired, isEnabled: false), .refuse(.userDisabled), .refuse(.userDisabled)),
            (Account(.forceChangePassword, isEnabled: false), .refuse(.userDisabled), .refuse(.userDisabled)),
            (
                Account(.forceChangePassword, isEnabled: false, millisecondsLeft: -1), .refuse(.userDisabled),
                .refuse(.userDisabled)
            ),
        ] as [(Account, SignInPolicy.Step, SignInPolicy.Step)]
    )
    func proven(account: Account, shown: SignInPolicy.Step, hidden: SignInPolicy.Step) throws {
        for flow in Self.flows where flow != .customAuth {
            for factor in Self.firstFactors {
                for proven in [[factor], [factor, .newPassword], [.newPassword, factor]] {
                    let comment: Comment = "\(flow.rawValue) with \(proven)"
                    #expect(try next(flow, proven, account) == shown, comment)
                    #expect(try next(flow, proven, account, hides: true) == hidden, comment)
                }
            }
        }
    }

    /// `allowed` names the factors that the pool allows, `has` what the user has: a password, verified addresses.
    @Test(
        "USER_AUTH asks for the factor that was chosen, if the user can take it",
        arguments: [
            ("PASSWORD", "password", nil, .challenge(.selectChallenge)),
            ("PASSWORD", "password", .password, .challenge(.password)),
            ("PASSWORD", "password", .passwordSrp, .challenge(.passwordSrp)),
            // PASSWORD_SRP that was answered goes on to SRP's second half.
            ("PASSWORD", "password", .passwordVerifier, .challenge(.passwordVerifier)),
            ("PASSWORD EMAIL_OTP", "email", .passwordVerifier, .refuse(.unavailableFactor)),
            ("PASSWORD EMAIL_OTP", "password email", .emailOtp, .challenge(.emailOtp)),
            ("PASSWORD EMAIL_OTP", "email", nil, .challenge(.selectChallenge)),
            ("PASSWORD EMAIL_OTP", "email", .emailOtp, .challenge(.emailOtp)),
            ("PASSWORD EMAIL_OTP", "email", .password, .refuse(.unavailableFactor)),
            ("PASSWORD EMAIL_OTP", "email", .passwordSrp, .refuse(.unavailableFactor)),
            ("PASSWORD EMAIL_OTP", "password", .emailOtp, .refuse(.unavailableFactor)),
            ("PASSWORD", "password email", .emailOtp, .refuse(.unavailableFactor)),
            ("PASSWORD SMS_OTP", "phone_number", .smsOtp, .challenge(.smsOtp)),
            ("PASSWORD SMS_OTP", "email", .smsOtp, .refuse(.unavailableFactor)),
            ("PASSWORD SMS_OTP", "phone_number", .emailOtp, .refuse(.unavailableFactor)),
            ("PASSWORD", "password", .webAuthn, .refuse(.unavailableFactor)),
            ("PASSWORD", "password", .newPasswordRequired, .refuse(.unavailableFactor)),
            ("PASSWORD", "password", .selectChallenge, .refuse(.unavailableFactor)),
            ("PASSWORD", "", nil, .refuse(.unavailableFactor)),
            ("PASSWORD", "", .password, .refuse(.unavailableFactor)),
            ("PASSWORD EMAIL_OTP SMS_OTP", "", nil, .refuse(.unavailableFactor)),
        ] as [(String, String, ChallengeNameType?, SignInPolicy.Step)]
    )
    func choice(allowed: String, has: String, chosen: ChallengeNameType?, step: SignInPolicy.Step) throws {
        let factors = allowed.split(separator: " ").map { "\"\($0)\"" }.joined(separator: ",")
        let pool = try makePool(#""Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":[\#(factors)]}}"#)
        let attributes = has.split(separator: " ").filter { $0 != "password" }.flatMap {
            [UserAttribute(String($0), "x"), UserAttribute("\($0)_verified", "true")]
        }
        let password = has.contains("password") ? StoredPassword(salt: [], sealedVerifier: []) : nil
        let user = makeUser(attributes, password: password)
        #expect(try next(.userAuth, [], user: user, pool: pool, chosen: chosen) == step)
    }

    @Test("the flows that no sign-in can begin by are told before anything is read", arguments: flows)
    func refusals(flow: AuthFlowType) throws {
        let define = "arn:aws:lambda:us-east-1:123456789012:function:define"
        let pool = try makePool(#""LambdaConfig":{"DefineAuthChallenge":"\#(define)"}"#)
        let first = try next(flow, [], user: makeUser(), pool: pool, chosen: nil)
        if case .refuse(let failure) = first {
            #expect(SignInPolicy.refusal(of: flow, in: pool) == failure)
        } else {
            #expect(SignInPolicy.refusal(of: flow, in: pool) == nil)
        }
        #expect(SignInPolicy.refusal(of: .customAuth, in: try makePool()) == .customAuthenticationNotConfigured)
    }

    @Test("a choice means nothing to flows that have none", arguments: [AuthFlowType.userPasswordAuth, .userSrpAuth])
    func choiceElsewhere(flow: AuthFlowType) throws {
        let pool = try makePool()
        let (chosen, unchosen) = (
            try next(flow, [], user: makeUser(), pool: pool, chosen: .emailOtp),
            try next(flow, [], user: makeUser(), pool: pool, chosen: nil)
        )
        #expect(chosen == unchosen)
    }

    private func next(
        _ flow: AuthFlowType,
        _ proven: [Factor],
        _ account: Account,
        hides: Bool = false
    ) throws -> SignInPolicy.Step {
        try next(flow, proven, user: account.user, pool: Self.pool.get(), chosen: nil, hides: hides)
    }

    private func next(
        _ flow: AuthFlowType,
        _ proven: [Factor],
        user: User,
        pool: UserPool,
        chosen: ChallengeNameType?,
        hides: Bool = false
    ) throws -> SignInPolicy.Step {
        let client = try hides ? Self.hidingClient.get() : Self.client.get()
        var state = SignInState(of: user, named: "alice", client: client, flow: flow, nonce: "", expiresAt: .test)
        state.chosenFactor = chosen
        for factor in proven { state.prove(factor, at: .test) }
        return SignInPolicy.next(state, user: user, pool: pool, client: client, now: .test)
    }

    private static let pool = Result { try makePool() }
    private static let client = Result { try makeClient() }
    private static let hidingClient = Result { try makeClient(#""PreventUserExistenceErrors":"ENABLED""#) }
}
