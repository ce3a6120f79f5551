import CognitoModel
import DatabaseTestSupport
import Domain
import Testing
import UserPools

/// Sign-ins that need a second factor.
@Suite struct MFASignInTests {
    static let phone: KeyValuePairs = ["phone_number": "+15551234567"]

    @Test("a code by text after every password", arguments: Way.byPassword)
    func sms(way: Way) async throws {
        try await Cognito.run(pool: Cognito.mailing) { cognito in
            #expect(await cognito.setMFA("ON", "sms").refusal == nil)
            try await cognito.addUser(attributes: Self.phone)
            let asked = try await cognito.attempt(way)
            #expect(asked.string("ChallengeName") == "SMS_MFA" && asked["AuthenticationResult"] == nil)
            #expect(asked["AvailableChallenges"] == nil)
            #expect(asked.string("ChallengeParameters.CODE_DELIVERY_DELIVERY_MEDIUM") == "SMS")
            #expect(asked.string("ChallengeParameters.CODE_DELIVERY_DESTINATION")?.hasSuffix("*4567") == true)
            let code = try cognito.outbox.code(to: "+15551234567")
            #expect(code.count == 6 && code.allSatisfy(\.isNumber))
            _ = try Tokens(await cognito.answer(asked))
            #expect(try await cognito.answer(asked).refusal == .sessionUsed)
            // It shows whose the telephone is.
            #expect(try await cognito.user().attributes()["phone_number_verified"] == "true")
        }
    }

    @Test("a code by mail, in the pool's words", arguments: TestEngine.allCases)
    func email(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.mailing) { cognito in
            let input: Members = [
                "UserPoolId": cognito.pool, "MfaConfiguration": "OPTIONAL",
                "EmailMfaConfiguration": ["Message": "It is {####}", "Subject": "Yours"] as Members,
            ]
            try await cognito.ok(SetUserPoolMfaConfig.self, input)
            try await cognito.addUser()
            await cognito.prefer("email*")
            let asked = await cognito.signIn()
            #expect(asked.string("ChallengeName") == "EMAIL_OTP")
            #expect(asked.string("ChallengeParameters.CODE_DELIVERY_DESTINATION") == "a***@e***")
            let code = try cognito.outbox.code()
            #expect(code.count == 6)
            #expect(cognito.outbox.messages.last?.subject == "Yours")
            #expect(cognito.outbox.bodies.last == "It is \(code)")
            let missing = await cognito.follow(asked, "EMAIL_OTP", ["USERNAME": "ada"])
            #expect(missing.refusal == .missing("EMAIL_OTP_CODE"))
            _ = try Tokens(await cognito.answer(asked))
        }
    }

    @Test("of several factors the user chooses, and may choose again")
    func choice() async throws {
        try await Cognito.run(pool: Cognito.mailing) { cognito in
            #expect(await cognito.setMFA("OPTIONAL", "sms totp email").refusal == nil)
            try await cognito.addUser(attributes: Self.phone)
            let app = try await cognito.enrol()
            #expect(await cognito.prefer("sms totp").refusal == nil)
            let asked = await cognito.signIn()
            #expect(asked.string("ChallengeName") == "SELECT_MFA_TYPE")
            let choices = #"["SMS_MFA","SOFTWARE_TOKEN_MFA"]"#
            #expect(asked.string("ChallengeParameters.MFAS_CAN_CHOOSE") == choices)
            func choose(_ answer: String?) async -> Answer {
                var responses = ["USERNAME": "ada"]
                responses["ANSWER"] = answer
                return await cognito.follow(asked, "SELECT_MFA_TYPE", responses)
            }
            #expect(await choose(nil).refusal == .missing("ANSWER"))
            for other in ["EMAIL_OTP", "PASSWORD", "MFA_SETUP", "NONSENSE"] {
                #expect(await choose(other).refusal == .unavailableFactor)
            }
            let byText = await choose("SMS_MFA")
            #expect(byText.string("ChallengeName") == "SMS_MFA")
            let byApp = await choose("SOFTWARE_TOKEN_MFA")
            #expect(byApp.string("ChallengeParameters.FRIENDLY_DEVICE_NAME") == "app")
            // A code serves the challenge that it was made for.
            #expect(try await cognito.answer(byText, app).refusal == .wrongCode)
            let wrong = await cognito.follow(
                byText,
                "SOFTWARE_TOKEN_MFA",
                ["USERNAME": "ada", "SOFTWARE_TOKEN_MFA_CODE": app.code(at: cognito.clock.now)]
            )
            #expect(wrong.string("ChallengeName") == "SMS_MFA")
            _ = try Tokens(await cognito.answer(byApp, app))
            _ = try Tokens(await cognito.answer(byText))
        }
    }

    @Test("a user who prefers one isn't asked to choose", arguments: ["sms* totp", "sms totp*"])
    func preferred(factors: String) async throws {
        try await Cognito.run { cognito in
            await cognito.setMFA("OPTIONAL", "sms totp")
            try await cognito.addUser(attributes: Self.phone)
            _ = try await cognito.enrol()
            await cognito.prefer(factors)
            let expected = factors.contains("sms*") ? "SMS_MFA" : "SOFTWARE_TOKEN_MFA"
            #expect(await cognito.signIn().string("ChallengeName") == expected)
        }
    }

    @Test("a new password comes first, then the second factor", arguments: ["sms", "totp"])
    func newPassword(factor: String) async throws {
        try await Cognito.run { cognito in
            await cognito.setMFA("ON", factor)
            try await cognito.addInvitedUser(attributes: Self.phone)
            let asked = await cognito.signIn()
            let responses = ["USERNAME": "ada", "NEW_PASSWORD": "Br4nd!new"]
            let next = await cognito.follow(asked, "NEW_PASSWORD_REQUIRED", responses)
            #expect(next.string("ChallengeName") == (factor == "sms" ? "SMS_MFA" : "MFA_SETUP"))
            // The password is taken, whether the factor follows or not.
            let again = await cognito.signIn(password: "Br4nd!new")
            #expect(again.string("ChallengeName") == next.string("ChallengeName"))
            if factor == "sms" { _ = try Tokens(await cognito.answer(again)) }
        }
    }

    @Test("who has no factor that is required, and can set up none, isn't let in", arguments: Way.byPassword)
    func impossible(way: Way) async throws {
        try await Cognito.run(pool: Cognito.mailing) { cognito in
            await cognito.setMFA("ON", "sms")
            try await cognito.addUser()
            let message = "User has no MFA method that the user pool asks for."
            // InitiateAuth declares no MFAMethodNotFoundException.
            let inOneCall: Set<Way> = [.password, .preferredPassword]
            #expect(
                try await cognito.attempt(way).refusal
                    == (inOneCall.contains(way) ? .invalid(message) : Refusal("MFAMethodNotFoundException", message))
            )
            #expect(cognito.outbox.messages.isEmpty)
        }
    }

    @Test("who is asked for a second factor is offered passwords alone", arguments: ["ON", "OPTIONAL"])
    func choiceOfFirst(mode: String) async throws {
        try await Cognito.run(pool: Cognito.mailing) { cognito in
            await cognito.setMFA(mode, "totp")
            try await cognito.addUser()
            if mode == "OPTIONAL" {
                _ = try await cognito.enrol()
                await cognito.prefer("totp")
            }
            let asked = await cognito.initiate("USER_AUTH", ["USERNAME": "ada", "PREFERRED_CHALLENGE": "EMAIL_OTP"])
            #expect(asked.string("ChallengeName") == "SELECT_CHALLENGE")
            #expect(asked.list("AvailableChallenges") == [.string("PASSWORD"), .string("PASSWORD_SRP")])
            let refused = await cognito.follow(asked, "SELECT_CHALLENGE", ["USERNAME": "ada", "ANSWER": "EMAIL_OTP"])
            #expect(refused.refusal == .unavailableFactor)
        }
    }

    @Test("the code of a first factor is no second one, and the other way round")
    func kinds() async throws {
        try await Cognito.run(pool: Cognito.mailing) { cognito in
            await cognito.setMFA("OPTIONAL", "email")
            try await cognito.addUser()
            let first = await cognito.initiate("USER_AUTH", ["USERNAME": "ada", "PREFERRED_CHALLENGE": "EMAIL_OTP"])
            let firstCode = try cognito.outbox.code()
            #expect(firstCode.count == 8)
            await cognito.prefer("email")
            // Turning a factor on ends what was begun without it.
            #expect(try await cognito.answer(first).refusal == .invalidSession)
            let second = await cognito.signIn()
            let responses = ["USERNAME": "ada", "EMAIL_OTP_CODE": firstCode]
            #expect(await cognito.follow(second, "EMAIL_OTP", responses).refusal == .wrongCode)
            _ = try Tokens(await cognito.answer(second))
        }
    }

    @Test("a wrong password is told before anything of a second factor, to everybody alike", arguments: Way.byPassword)
    func wrongPassword(way: Way) async throws {
        let client: Members = ["PreventUserExistenceErrors": "ENABLED"]
        try await Cognito.run(pool: Cognito.mailing, client: client) { cognito in
            await cognito.setMFA("ON", "sms totp")
            try await cognito.addUser(attributes: Self.phone)
            #expect(try await cognito.attempt(way, password: nil).refusal == .wrongPassword)
            #expect(try await cognito.attempt(way, try await cognito.nobody()).refusal == .wrongPassword)
            #expect(cognito.outbox.messages.isEmpty)
        }
    }

    @Test("an administrator's server answers the same challenges")
    func administrator() async throws {
        try await Cognito.run { cognito in
            await cognito.setMFA("OPTIONAL", "sms totp")
            try await cognito.addUser(attributes: Self.phone)
            let app = try await cognito.enrol()
            await cognito.prefer("totp*")
            func answer() async throws -> Answer {
                let asked = try await cognito.attempt(.administrator)
                let code = app.code(at: cognito.clock.now)
                return await cognito.respondAsAdministrator(
                    "SOFTWARE_TOKEN_MFA",
                    ["USERNAME": "ada", "SOFTWARE_TOKEN_MFA_CODE": code],
                    session: asked.string("Session")
                )
            }
            _ = try Tokens(await answer())
            #expect(try await answer().refusal == .tokenUsed)
            let asked = try await cognito.attempt(.administrator)
            await cognito.setMFA("OPTIONAL", "sms")
            let refused = await cognito.respondAsAdministrator(
                "SOFTWARE_TOKEN_MFA",
                ["USERNAME": "ada", "SOFTWARE_TOKEN_MFA_CODE": "123456"],
                session: asked.string("Session")
            )
            #expect(refused.refusal == .noSoftwareTokens)
        }
    }

    @Test("a pool that turns a factor off, or second factors at all, asks for it no more")
    func turnedOff() async throws {
        try await Cognito.run { cognito in
            await cognito.setMFA("OPTIONAL", "sms totp")
            try await cognito.addUser(attributes: Self.phone)
            let app = try await cognito.enrol()
            await cognito.prefer("totp*")
            let asked = await cognito.signIn()
            await cognito.setMFA("OPTIONAL", "sms")
            #expect(try await cognito.answer(asked, app).refusal == .noSoftwareTokens)
            _ = try await cognito.signedIn()
            await cognito.setMFA("OFF")
            _ = try await cognito.signedIn()
            await cognito.setMFA("OPTIONAL", "sms totp")
            _ = try Tokens(await cognito.answer(await cognito.signIn(), app))
        }
    }
}
