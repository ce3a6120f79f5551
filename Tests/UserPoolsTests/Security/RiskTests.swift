import CognitoModel
import Domain
import Testing
import UserPools

/// What threat protection does at sign-in: addresses, compromised passwords, new devices and addresses.
@Suite struct RiskTests {
    private static let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1"

    private static func exceptions(blocked: [String] = [], skipped: [String] = []) -> Members {
        ["RiskExceptionConfiguration": ["BlockedIPRangeList": blocked, "SkippedIPRangeList": skipped]]
    }

    private static func takeover(_ level: String, _ action: String, notify: Bool = false) -> Members {
        let takeover: Members = [
            "Actions": [level: ["Notify": notify, "EventAction": action] as Members],
            "NotifyConfiguration": notify ? ["SourceArn": "arn:aws:ses:us-east-1:111122223333:identity/a@b.c"] : nil,
        ]
        return ["AccountTakeoverRiskConfiguration": takeover]
    }

    private static func compromised(_ action: String, filter: [String]? = nil) -> Members {
        let settings: Members = ["Actions": ["EventAction": action], "EventFilter": filter]
        return ["CompromisedCredentialsRiskConfiguration": settings]
    }

    @Test("nobody signs in or up from a blocked address; refreshing goes on")
    func blockedAddress() async throws {
        try await Cognito.run(pool: Cognito.protected()) { cognito in
            try await cognito.addUser()
            let tokens = try Tokens(await cognito.signIn(from: "203.0.113.9"))
            try await cognito.setRisk(Self.exceptions(blocked: ["203.0.113.0/24"]))
            #expect(await cognito.signIn(from: "203.0.113.9").refusal == .addressBlocked)
            #expect(await cognito.signIn(from: "203.0.113.9", password: "Wr0ng!one").refusal == .addressBlocked)
            #expect(await cognito.signIn(from: "203.0.114.9").refusal == nil)
            var sender = Sender.unsigned
            sender.address = "203.0.113.9"
            let refresh: Members = [
                "ClientId": cognito.client.id, "AuthFlow": "REFRESH_TOKEN_AUTH",
                "AuthParameters": ["REFRESH_TOKEN": tokens.refresh],
            ]
            #expect(await cognito.call(InitiateAuth.self, refresh, from: sender).refusal == nil)
            let answer: Members = [
                "ClientId": cognito.client.id, "ChallengeName": "PASSWORD", "Session": "12345678901234567890",
                "ChallengeResponses": ["USERNAME": "ada"],
            ]
            #expect(await cognito.call(RespondToAuthChallenge.self, answer, from: sender).refusal == .addressBlocked)
            let signUp: Members = [
                "ClientId": cognito.client.id, "Username": "eve", "Password": Cognito.password,
            ]
            #expect(await cognito.call(SignUp.self, signUp, from: sender).refusal == .addressBlocked)
        }
    }

    @Test("a server says which address the user's is, and a client's configuration comes before the pool's")
    func administratorsAddress() async throws {
        try await Cognito.run(pool: Cognito.protected()) { cognito in
            try await cognito.addUser()
            try await cognito.setRisk(Self.exceptions(blocked: ["198.51.100.0/24"]))
            let context: Members = [
                "IpAddress": "198.51.100.1", "ServerName": "app", "ServerPath": "/", "HttpHeaders": [JSONValue](),
            ]
            let input: Members = [
                "UserPoolId": cognito.pool, "ClientId": cognito.client.id, "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
                "AuthParameters": ["USERNAME": "ada", "PASSWORD": Cognito.password], "ContextData": context,
            ]
            #expect(await cognito.call(AdminInitiateAuth.self, input).refusal == .addressBlocked)
            try await cognito.setRisk(Self.exceptions(blocked: ["192.0.2.200/32"]), ofClient: true)
            #expect(await cognito.call(AdminInitiateAuth.self, input).refusal == nil)
        }
    }

    @Test("watching blocks nothing")
    func audit() async throws {
        try await Cognito.run(pool: Cognito.protected("AUDIT")) { cognito in
            let configuration = Self.exceptions(blocked: ["0.0.0.0/0"])
                .with(Self.compromised("BLOCK")).with(Self.takeover("MediumAction", "BLOCK"))
            try await cognito.setRisk(configuration)
            try await cognito.addUser()
            try await cognito.ok(
                AdminSetUserPassword.self,
                cognito.named("ada", ["Password": CompromisedList.password, "Permanent": true])
            )
            #expect(await cognito.signIn(from: "192.0.2.1", password: CompromisedList.password).refusal == nil)
            cognito.clock.advance(.seconds(1))
            let elsewhere = await cognito.signIn(
                from: "192.0.2.2",
                browser: Self.phone,
                password: CompromisedList.password
            )
            #expect(elsewhere.refusal == nil)
            let risk = try await cognito.history().first?["EventRisk"]
            #expect(risk?["RiskLevel"] == .string("Medium") && risk?["RiskDecision"] == .string("NoRisk"))
            #expect(risk?["CompromisedCredentialsDetected"] == .boolean(true))
        }
    }

    @Test("a compromised password is right once, and has to be reset")
    func compromisedAtSignIn() async throws {
        try await Cognito.run(pool: Cognito.protected()) { cognito in
            try await cognito.setRisk(Self.compromised("BLOCK"))
            try await cognito.addUser()
            // An administrator may set what they like.
            try await cognito.ok(
                AdminSetUserPassword.self,
                cognito.named("ada", ["Password": CompromisedList.password, "Permanent": true])
            )
            #expect(await cognito.signIn(password: "Wr0ng!one").refusal == .wrongPassword)
            cognito.clock.advance(.seconds(1))
            #expect(await cognito.signIn(password: CompromisedList.password).refusal == .compromisedAtSignIn)
            #expect(try await cognito.user().string("UserStatus") == "RESET_REQUIRED")
            let risk = try await cognito.history().first?["EventRisk"]
            #expect(risk?["CompromisedCredentialsDetected"] == .boolean(true))
            #expect(risk?["RiskDecision"] == .string("Block"))
            #expect(await cognito.signIn(password: CompromisedList.password).refusal == .resetRequired)
        }
    }

    @Test("SRP doesn't show the password, so it isn't judged; nor what the filter or the action leaves alone")
    func notJudged() async throws {
        try await Cognito.run(pool: Cognito.protected()) { cognito in
            try await cognito.addUser()
            try await cognito.ok(
                AdminSetUserPassword.self,
                cognito.named("ada", ["Password": CompromisedList.password, "Permanent": true])
            )
            try await cognito.setRisk(Self.compromised("BLOCK"))
            #expect(try await cognito.attempt(.srp, password: CompromisedList.password).refusal == nil)
            try await cognito.setRisk(Self.compromised("BLOCK", filter: ["SIGN_UP"]))
            #expect(await cognito.signIn(password: CompromisedList.password).refusal == nil)
            try await cognito.setRisk(Self.compromised("NO_ACTION"))
            #expect(await cognito.signIn(password: CompromisedList.password).refusal == nil)
        }
    }

    @Test("nobody chooses a compromised password")
    func compromisedAtChange() async throws {
        try await Cognito.run(pool: Cognito.protected()) { cognito in
            try await cognito.setRisk(Self.compromised("BLOCK"))
            let signUp: Members = [
                "ClientId": cognito.client.id, "Username": "eve", "Password": CompromisedList.password,
            ]
            #expect(await cognito.call(SignUp.self, signUp).refusal == .compromised)
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            let change: Members = [
                "AccessToken": tokens.access, "PreviousPassword": Cognito.password,
                "ProposedPassword": CompromisedList.password,
            ]
            #expect(await cognito.call(ChangePassword.self, change).refusal == .compromised)
            let confirm: Members = [
                "ClientId": cognito.client.id, "Username": "ada", "ConfirmationCode": "123456",
                "Password": CompromisedList.password,
            ]
            #expect(await cognito.call(ConfirmForgotPassword.self, confirm).refusal == .compromised)
            try await cognito.addInvitedUser("new")
            let asked = await cognito.signIn("new")
            let chosen = await cognito.follow(
                asked,
                "NEW_PASSWORD_REQUIRED",
                ["USERNAME": "new", "NEW_PASSWORD": CompromisedList.password]
            )
            #expect(chosen.refusal == .compromised)
            try await cognito.setRisk(Self.compromised("BLOCK", filter: ["SIGN_IN"]))
            #expect(await cognito.call(SignUp.self, signUp).refusal == nil)
        }
    }

    @Test(
        "a new address or device is low, both are medium, and high after many wrong passwords",
        arguments: [
            ("LowAction", "192.0.2.2", nil, 0, true), ("LowAction", "192.0.2.1", Self.phone, 0, true),
            ("LowAction", "192.0.2.1", nil, 0, false), ("LowAction", "192.0.2.2", Self.phone, 0, false),
            ("MediumAction", "192.0.2.2", Self.phone, 0, true), ("MediumAction", "192.0.2.2", Self.phone, 5, false),
            ("HighAction", "192.0.2.2", Self.phone, 5, true), ("HighAction", "192.0.2.2", Self.phone, 4, false),
        ] as [(String, String, String?, Int, Bool)]
    )
    func levels(level: String, address: String, browser: String?, failures: Int, isBlocked: Bool) async throws {
        try await Cognito.run(pool: Cognito.protected()) { cognito in
            try await cognito.setRisk(Self.takeover(level, "BLOCK"))
            try await cognito.addUser()
            #expect(await cognito.signIn(from: "192.0.2.1").refusal == nil)
            for _ in 0..<failures {
                #expect(await cognito.signIn(from: "192.0.2.1", password: "Wr0ng!one").refusal == .wrongPassword)
            }
            cognito.clock.advance(.seconds(5))
            let answer = await cognito.signIn(from: address, browser: browser)
            #expect(answer.refusal == (isBlocked ? .riskBlocked : nil))
            let event = try await cognito.history().first
            #expect(event?["EventResponse"] == .string(isBlocked ? "Fail" : "Pass"))
            #expect(event?["EventRisk"]?["RiskDecision"] == .string(isBlocked ? "Block" : "NoRisk"))
        }
    }

    @Test("who never signed in isn't judged, and a skipped address isn't either")
    func notCompared() async throws {
        try await Cognito.run(pool: Cognito.protected()) { cognito in
            let configuration = Self.takeover("MediumAction", "BLOCK")
                .with(Self.exceptions(skipped: ["198.51.100.0/24"]))
            try await cognito.setRisk(configuration)
            try await cognito.addUser()
            #expect(await cognito.signIn(from: "192.0.2.1").refusal == nil)
            #expect(await cognito.signIn(from: "198.51.100.7", browser: Self.phone).refusal == nil)
            #expect(await cognito.signIn(from: "192.0.2.3", browser: "curl/8.0 (Android 14)").refusal == .riskBlocked)
        }
    }

    @Test(
        "a second factor is asked of those who have one: others pass or not",
        arguments: [("MFA_IF_CONFIGURED", false), ("MFA_REQUIRED", true), ("NO_ACTION", false)]
    )
    func secondFactor(action: String, isBlocked: Bool) async throws {
        try await Cognito.run(pool: Cognito.protected()) { cognito in
            try await cognito.setRisk(Self.takeover("LowAction", action))
            try await cognito.addUser()
            #expect(await cognito.signIn(from: "192.0.2.1").refusal == nil)
            #expect(await cognito.signIn(from: "192.0.2.2").refusal == (isBlocked ? .riskBlocked : nil))
        }
    }

    @Test("who has an address for a second factor is asked for it", arguments: ["MFA_IF_CONFIGURED", "MFA_REQUIRED"])
    func addressForSecondFactor(action: String) async throws {
        try await Cognito.run(pool: Cognito.protected()) { cognito in
            try await cognito.setRisk(Self.takeover("LowAction", action))
            await cognito.setMFA("OPTIONAL", "sms totp")
            try await cognito.addUser(attributes: MFASignInTests.phone)
            // Nothing is new at first, nor from where they were.
            #expect(await cognito.signIn(from: "192.0.2.1").string("ChallengeName") == nil)
            #expect(await cognito.signIn(from: "192.0.2.1").string("ChallengeName") == nil)
            cognito.clock.advance(.seconds(1))
            let asked = await cognito.signIn(from: "192.0.2.2")
            #expect(asked.string("ChallengeName") == "SMS_MFA")
            #expect(try await cognito.history().count == 2)
            let wrong = await cognito.follow(asked, "SMS_MFA", ["USERNAME": "ada", "SMS_MFA_CODE": "no"])
            #expect(wrong.refusal == .wrongCode)
            cognito.clock.advance(.seconds(1))
            var sender = Sender.unsigned
            sender.address = "192.0.2.2"
            let answer: Members = try [
                "ClientId": cognito.client.id, "ChallengeName": "SMS_MFA", "Session": asked.text("Session"),
                "ChallengeResponses": ["USERNAME": "ada", "SMS_MFA_CODE": cognito.outbox.code()],
            ]
            _ = try Tokens(await cognito.call(RespondToAuthChallenge.self, answer, from: sender))
            let event = try await cognito.history().first
            #expect(event?["EventRisk"]?["RiskDecision"] == .string("AccountTakeover"))
            #expect(event?["EventResponse"] == .string("Pass"))
        }
    }

    @Test(
        "whom only a set-up could give a factor pass or not: a stranger would set up their own",
        arguments: [("MFA_IF_CONFIGURED", false), ("MFA_REQUIRED", true)]
    )
    func noSetUp(action: String, isBlocked: Bool) async throws {
        try await Cognito.run(pool: Cognito.protected()) { cognito in
            try await cognito.setRisk(Self.takeover("LowAction", action))
            await cognito.setMFA("OPTIONAL", "sms totp")
            try await cognito.addUser()
            #expect(await cognito.signIn(from: "192.0.2.1").refusal == nil)
            let elsewhere = await cognito.signIn(from: "192.0.2.2")
            #expect(elsewhere.refusal == (isBlocked ? .riskBlocked : nil))
            #expect(elsewhere.string("ChallengeName") == nil)
        }
    }
}
