import CognitoModel
import DatabaseTestSupport
import Domain
import Testing
import UserPools

/// MFA_SETUP: a software token is set up within the sign-in that needs it.
@Suite struct MFASetupTests {
    @Test("from the password to tokens, by every flow", arguments: Way.byPassword)
    func flows(way: Way) async throws {
        try await Cognito.run(pool: Cognito.mailing) { cognito in
            await cognito.setMFA("ON", "totp")
            try await cognito.addUser()
            let asked = try await cognito.attempt(way)
            #expect(asked.string("ChallengeName") == "MFA_SETUP")
            #expect(asked.string("ChallengeParameters.MFAS_CAN_SETUP") == #"["SOFTWARE_TOKEN_MFA"]"#)
            _ = try Tokens(await setUp(cognito, asked).answer)
        }
    }

    @Test("the token is the user's from its first code on", arguments: TestEngine.allCases)
    func kept(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            await cognito.setMFA("ON", "totp")
            try await cognito.addUser()
            let (app, verified) = try await verify(cognito, await cognito.signIn())
            #expect(verified.string("Status") == "SUCCESS")
            let user = try await cognito.user()
            #expect(user.list("UserMFASettingList") == [.string("SOFTWARE_TOKEN_MFA")])
            // Whoever doesn't answer MFA_SETUP then is asked for a code the next time, and the first one is used.
            let asked = await cognito.signIn()
            #expect(asked.string("ChallengeName") == "SOFTWARE_TOKEN_MFA")
            #expect(try await cognito.answer(asked, app).refusal == .tokenUsed)
            let responses = ["USERNAME": "ada"]
            let session = verified.string("Session")
            _ = try Tokens(await cognito.respond("MFA_SETUP", responses, session: session))
            #expect(await cognito.respond("MFA_SETUP", responses, session: session).refusal == .sessionUsed)
            cognito.clock.advance(.seconds(30))
            _ = try Tokens(await cognito.answer(asked, app))
        }
    }

    @Test("no session but that of a VerifySoftwareToken answers it")
    func sessions() async throws {
        try await Cognito.run { cognito in
            await cognito.setMFA("ON", "totp")
            try await cognito.addUser()
            let asked = await cognito.signIn()
            let first = try asked.text("Session")
            let responses = ["USERNAME": "ada"]
            let notVerified = Refusal.invalid("User has not verified software token mfa")
            #expect(await cognito.respond("MFA_SETUP", responses, session: first).refusal == notVerified)
            let begun = try await cognito.ok(AssociateSoftwareToken.self, ["Session": first])
            let second = try begun.text("Session")
            #expect(await cognito.respond("MFA_SETUP", responses, session: second).refusal == notVerified)
            // A token that wasn't begun in it has no first code.
            let app = try Authenticator(begun.text("SecretCode"))
            let code = app.code(at: cognito.clock.now)
            let unbegun: Members = ["Session": first, "UserCode": code]
            #expect(await cognito.call(VerifySoftwareToken.self, unbegun).refusal == .notSetUp)
            let wrong: Members = ["Session": second, "UserCode": app.wrongCode(at: cognito.clock.now)]
            #expect(await cognito.call(VerifySoftwareToken.self, wrong).refusal == .wrongFirstCode)
            let right: Members = ["Session": second, "UserCode": code]
            let third = try await cognito.ok(VerifySoftwareToken.self, right).text("Session")
            // Each serves once, and not for another challenge.
            #expect(await cognito.call(VerifySoftwareToken.self, right).refusal == .invalidSession)
            #expect(await cognito.call(AssociateSoftwareToken.self, ["Session": third]).refusal == .invalidSession)
            let early = await cognito.respond(
                "SOFTWARE_TOKEN_MFA",
                ["USERNAME": "ada", "SOFTWARE_TOKEN_MFA_CODE": code],
                session: third
            )
            #expect(early.refusal == .invalid("Challenge response doesn't match the session's challenge."))
            _ = try Tokens(await cognito.respond("MFA_SETUP", responses, session: third))
        }
    }

    @Test("a session ends with its time, with the user's credentials, and with the factor")
    func ends() async throws {
        try await Cognito.run { cognito in
            await cognito.setMFA("ON", "sms totp")
            try await cognito.addUser()
            var session = try await cognito.signIn().text("Session")
            cognito.clock.advance(.minutes(3))
            #expect(await associate(cognito, session) == .sessionExpired)
            session = try await cognito.signIn().text("Session")
            try await cognito.disable()
            #expect(await associate(cognito, session) == .invalidSession)
            try await cognito.ok(AdminEnableUser.self, cognito.named())
            session = try await cognito.signIn().text("Session")
            await cognito.setMFA("ON", "sms")
            #expect(await associate(cognito, session) == .noSoftwareTokens)
            await cognito.setMFA("ON", "sms totp")
            #expect(await associate(cognito, session) == nil)
            try await cognito.ok(AdminDeleteUser.self, cognito.named())
            #expect(await associate(cognito, session) == .invalidSession)
            // The session of another challenge sets up nothing.
            try await cognito.addUser("bob", attributes: MFASignInTests.phone)
            session = try await cognito.signIn("bob").text("Session")
            #expect(await associate(cognito, session) == .invalidSession)
        }
    }

    static let phoneFirst: Members = [
        "RecoveryMechanisms": [
            ["Priority": 1, "Name": "verified_phone_number"], ["Priority": 2, "Name": "verified_email"],
        ] as [Members]
    ]

    @Test("a mail address is given and becomes the factor by its code", arguments: TestEngine.allCases)
    func mail(engine: TestEngine) async throws {
        let settings = Cognito.mailing.with(["AccountRecoverySetting": Self.phoneFirst])
        try await Cognito.run(on: engine, pool: settings) { cognito in
            await cognito.setMFA("ON", "totp email")
            try await addUserWithoutAddress(cognito)
            let asked = await cognito.signIn()
            #expect(asked.string("ChallengeParameters.MFAS_CAN_SETUP") == #"["SOFTWARE_TOKEN_MFA","EMAIL_OTP"]"#)
            let given = await cognito.follow(asked, "MFA_SETUP", ["USERNAME": "ada", "email": "ada@example.com"])
            #expect(given.string("ChallengeName") == "EMAIL_OTP" && given["AvailableChallenges"] == nil)
            #expect(given.string("ChallengeParameters.CODE_DELIVERY_DESTINATION") == "a***@e***")
            #expect(cognito.outbox.messages.last?.to == "ada@example.com")
            // Nothing is kept before the code has come.
            let before = try await cognito.user()
            #expect(before["UserMFASettingList"] == nil && before.attributes()["email"] == nil)
            let wrong = await cognito.follow(given, "EMAIL_OTP", ["USERNAME": "ada", "EMAIL_OTP_CODE": "no"])
            #expect(wrong.refusal == .wrongCode)
            _ = try Tokens(await cognito.answer(given))
            #expect(try await cognito.answer(given).refusal == .invalidSession)
            let user = try await cognito.user()
            #expect(user.list("UserMFASettingList") == [.string("EMAIL_OTP")])
            #expect(user.attributes()["email"] == "ada@example.com" && user.attributes()["email_verified"] == "true")
            let next = await cognito.signIn()
            #expect(next.string("ChallengeName") == "EMAIL_OTP")
            _ = try Tokens(await cognito.answer(next))
        }
    }

    @Test("an address is given only where it can be kept, and in Amplify's way too")
    func givenAddresses() async throws {
        let settings = Cognito.mailing.with(["AccountRecoverySetting": Self.phoneFirst])
        try await Cognito.run(pool: settings) { cognito in
            await cognito.setMFA("ON", "totp email")
            try await addUserWithoutAddress(cognito)
            let asked = await cognito.signIn()
            let sent = cognito.outbox.messages.count
            let wrong = await cognito.follow(asked, "MFA_SETUP", ["USERNAME": "ada", "EMAIL": "nonsense"])
            #expect(wrong.refusal?.code == "InvalidParameterException" && cognito.outbox.messages.count == sent)
            let given = await cognito.follow(asked, "MFA_SETUP", ["USERNAME": "ada", "EMAIL": "ada@example.com"])
            #expect(given.string("ChallengeName") == "EMAIL_OTP")
            // An address that came meanwhile is another's to change.
            try await cognito.setAttributes(["email": "other@example.com"])
            #expect(try await cognito.answer(given).refusal == .invalidSession)
            // Nor can it be given where the pool doesn't have the factor.
            try await addUserWithoutAddress(cognito, "bob")
            await cognito.setMFA("ON", "totp")
            let other = await cognito.signIn("bob")
            let refused = await cognito.follow(other, "MFA_SETUP", ["USERNAME": "bob", "email": "bob@example.com"])
            #expect(refused.refusal == .invalid("The selected challenge is not available for the user."))
        }
    }

    @Test("a code by mail shows whose the address is")
    func verifies() async throws {
        try await Cognito.run(pool: Cognito.mailing) { cognito in
            await cognito.setMFA("ON", "email")
            try await cognito.addUser(attributes: ["email": "ada@example.com"])
            _ = try Tokens(await cognito.answer(await cognito.signIn()))
            #expect(try await cognito.user().attributes()["email_verified"] == "true")
        }
    }

    private func addUserWithoutAddress(_ cognito: Cognito, _ name: String = "ada") async throws {
        try await cognito.addUser(name)
        try await cognito.ok(AdminDeleteUserAttributes.self, cognito.named(name, ["UserAttributeNames": ["email"]]))
    }

    private func associate(_ cognito: Cognito, _ session: String) async -> Refusal? {
        await cognito.call(AssociateSoftwareToken.self, ["Session": session]).refusal
    }

    private func verify(_ cognito: Cognito, _ asked: Answer) async throws -> (app: Authenticator, answer: Answer) {
        let begun = try await cognito.ok(AssociateSoftwareToken.self, ["Session": try asked.text("Session")])
        let app = try Authenticator(begun.text("SecretCode"))
        let code = app.code(at: cognito.clock.now)
        let input: Members = ["Session": try begun.text("Session"), "UserCode": code]
        return (app, try await cognito.ok(VerifySoftwareToken.self, input))
    }

    private func setUp(_ cognito: Cognito, _ asked: Answer) async throws -> (app: Authenticator, answer: Answer) {
        let (app, verified) = try await verify(cognito, asked)
        let session = try verified.text("Session")
        return (app, await cognito.respond("MFA_SETUP", ["USERNAME": "ada"], session: session))
    }
}
