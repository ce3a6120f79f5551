import CognitoModel
import DatabaseTestSupport
import Domain
import Testing
import UserPools

/// AssociateSoftwareToken, VerifySoftwareToken and AdminDeleteSoftwareToken by a user who is signed in.
@Suite struct SoftwareTokenTests {
    @Test("a token is set up, turned on, used and deleted", arguments: TestEngine.allCases)
    func good(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            #expect(await cognito.setMFA("OPTIONAL", "totp").refusal == nil)
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let begun = try await cognito.ok(AssociateSoftwareToken.self, ["AccessToken": token])
            let secret = try begun.text("SecretCode")
            #expect(secret.contains(/^[A-Z2-7]{52}$/) && begun["Session"] == nil)
            let app = try Authenticator(secret)
            // Nothing is asked until the first code has come, and the factor is turned on.
            _ = try await cognito.signedIn()
            let input: Members = ["AccessToken": token, "UserCode": app.code(at: cognito.clock.now)]
            let verified = try await cognito.ok(VerifySoftwareToken.self, input)
            #expect(verified.json == .object(["Status": .string("SUCCESS")]))
            _ = try await cognito.signedIn()
            #expect(await cognito.call(VerifySoftwareToken.self, input).refusal == .notSetUp)
            #expect(await cognito.prefer("totp*").refusal == nil)
            let asked = await cognito.signIn()
            #expect(asked.string("ChallengeName") == "SOFTWARE_TOKEN_MFA")
            #expect(asked["ChallengeParameters"] == .object(["USER_ID_FOR_SRP": .string("ada")]))
            #expect(asked["AvailableChallenges"] == nil && asked["AuthenticationResult"] == nil)
            // The code that verified it is used.
            #expect(try await cognito.answer(asked, app).refusal == .tokenUsed)
            cognito.clock.advance(.seconds(30))
            _ = try Tokens(await cognito.answer(asked, app))
            try await cognito.ok(AdminDeleteSoftwareToken.self, cognito.named())
            _ = try await cognito.signedIn()
            let user = try await cognito.user()
            #expect(user["UserMFASettingList"] == nil && user["PreferredMfaSetting"] == nil)
            #expect(await cognito.prefer("totp").refusal == .cannotTurnOn("SOFTWARE_TOKEN_MFA"))
            try await cognito.ok(AdminDeleteSoftwareToken.self, cognito.named())
        }
    }

    @Test("the name that was given comes with the challenge, up to a length")
    func name() async throws {
        try await Cognito.run { cognito in
            await cognito.setMFA("OPTIONAL", "totp")
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let secret = try await cognito.ok(AssociateSoftwareToken.self, ["AccessToken": token]).text("SecretCode")
            let app = try Authenticator(secret)
            func verify(_ name: String) async -> Answer {
                let code = app.code(at: cognito.clock.now)
                let input: Members = ["AccessToken": token, "UserCode": code, "FriendlyDeviceName": name]
                return await cognito.call(VerifySoftwareToken.self, input)
            }
            let long = String(repeating: "x", count: 257)
            #expect(await verify(long).refusal == .invalid("FriendlyDeviceName is longer than 256 bytes."))
            #expect(await verify("Ada's telephone").refusal == nil)
            await cognito.prefer("totp")
            let name = await cognito.signIn().string("ChallengeParameters.FRIENDLY_DEVICE_NAME")
            #expect(name == "Ada's telephone")
        }
    }

    @Test("a wrong first code enables nothing, and may be put right")
    func wrongFirst() async throws {
        try await Cognito.run { cognito in
            await cognito.setMFA("OPTIONAL", "totp")
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            #expect(await verify(cognito, token, "123456").refusal == .notSetUp)
            let secret = try await cognito.ok(AssociateSoftwareToken.self, ["AccessToken": token]).text("SecretCode")
            let app = try Authenticator(secret)
            let wrong = app.wrongCode(at: cognito.clock.now)
            #expect(await verify(cognito, token, wrong).refusal == .wrongFirstCode)
            let input: Members = [
                "AccessToken": token, "SoftwareTokenMfaSettings": ["Enabled": true] as Members,
            ]
            #expect(
                await cognito.call(SetUserMFAPreference.self, input).refusal
                    == .invalid("User has not verified software token mfa")
            )
            #expect(await verify(cognito, token, app.code(at: cognito.clock.now)).refusal == nil)
        }
    }

    @Test(
        "a token that is begun anew replaces the one that was begun, and the one that is used only with its first code"
    )
    func anew() async throws {
        try await Cognito.run { cognito in
            await cognito.setMFA("OPTIONAL", "totp")
            try await cognito.addUser()
            let old = try await cognito.enrol()
            let token = try await cognito.signedIn().access
            await cognito.prefer("totp")
            let given: Members = ["AccessToken": token]
            let first = try Authenticator(await cognito.ok(AssociateSoftwareToken.self, given).text("SecretCode"))
            let second = try Authenticator(await cognito.ok(AssociateSoftwareToken.self, given).text("SecretCode"))
            #expect(first.secret != second.secret)
            #expect(await verify(cognito, token, first.code(at: cognito.clock.now)).refusal == .wrongFirstCode)
            _ = try Tokens(await cognito.answer(await cognito.signIn(), old))
            #expect(await verify(cognito, token, second.code(at: cognito.clock.now)).refusal == nil)
            cognito.clock.advance(.seconds(30))
            let asked = await cognito.signIn()
            #expect(try await cognito.answer(asked, old).refusal == .wrongCode)
            _ = try Tokens(await cognito.answer(asked, second))
        }
    }

    @Test("a pool without software tokens has none to set up", arguments: ["OFF", "ON"])
    func unavailable(mode: String) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser(attributes: ["phone_number": "+15551234567"])
            let token = try await cognito.signedIn().access
            #expect(await cognito.setMFA(mode, mode == "ON" ? "sms" : "").refusal == nil)
            let refusal = Refusal.noSoftwareTokens
            #expect(await cognito.call(AssociateSoftwareToken.self, ["AccessToken": token]).refusal == refusal)
            #expect(await verify(cognito, token, "123456").refusal == refusal)
        }
    }

    @Test("a token or a session must be given, one of them, and a good one")
    func callers() async throws {
        try await Cognito.run { cognito in
            await cognito.setMFA("OPTIONAL", "totp")
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let session = String(repeating: "x", count: 30)
            for (input, refusal) in [
                ([:], .tokenOrSession), (["AccessToken": token, "Session": session], .tokenOrSession),
                (["AccessToken": "nonsense"], .invalidAccessToken), (["Session": session], .invalidSession),
            ] as [(Members, Refusal)] {
                #expect(await cognito.call(AssociateSoftwareToken.self, input).refusal == refusal)
                let verifying = input.with(["UserCode": "123456"])
                #expect(await cognito.call(VerifySoftwareToken.self, verifying).refusal == refusal)
            }
            try await cognito.ok(AdminUserGlobalSignOut.self, cognito.named())
            let given: Members = ["AccessToken": token]
            #expect(await cognito.call(AssociateSoftwareToken.self, given).refusal == .accessTokenRevoked)
            // The operation declares no UserNotFoundException.
            try await cognito.ok(AdminDeleteUser.self, cognito.named())
            #expect(await cognito.call(AssociateSoftwareToken.self, given).refusal == .accessTokenRevoked)
        }
    }

    @Test("deleting needs a pool and a user who is confirmed")
    func deleting() async throws {
        try await Cognito.run { cognito in
            #expect(await cognito.call(AdminDeleteSoftwareToken.self, cognito.named()).refusal == .noUser)
            try await cognito.signUp()
            #expect(await cognito.call(AdminDeleteSoftwareToken.self, cognito.named()).refusal == .notConfirmed)
            let input: Members = ["UserPoolId": "us-east-1_Unknown01", "Username": "ada"]
            #expect(
                await cognito.call(AdminDeleteSoftwareToken.self, input).refusal == .noPool("us-east-1_Unknown01")
            )
        }
    }

    private func verify(_ cognito: Cognito, _ token: String, _ code: String) async -> Answer {
        await cognito.call(VerifySoftwareToken.self, ["AccessToken": token, "UserCode": code])
    }
}

extension Refusal {
    static let notSetUp = invalid("User has not set up software token mfa")
    static let wrongFirstCode =
        Refusal("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA")
    static let tokenUsed = Refusal("ExpiredCodeException", "Your software token has already been used once.")
    static let noSoftwareTokens = Refusal(
        "SoftwareTokenMFANotFoundException",
        "Software Token MFA has not been enabled by the userPool"
    )
    static let tokenOrSession = invalid("Either an AccessToken or a Session must be given.")
    static func cannotTurnOn(_ factor: String) -> Refusal {
        invalid("User does not have delivery config set to turn on \(factor)")
    }
}
