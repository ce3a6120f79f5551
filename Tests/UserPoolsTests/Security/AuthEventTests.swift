import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Server
import Storage
import Testing
import UserPools

/// AdminListUserAuthEvents, and what writes the history that it lists.
@Suite struct AuthEventTests {
    private static let chrome =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"

    @Test("every way of signing in leaves an event, right or wrong", arguments: Way.allCases)
    func ways(way: Way) async throws {
        try await Cognito.run(pool: Cognito.choice.with(Cognito.protected("AUDIT"))) { cognito in
            try await cognito.addUser()
            let failed = try await cognito.attempt(way, password: nil)
            #expect(failed.refusal == way.wrong)
            cognito.clock.advance(.seconds(1))
            _ = try Tokens(try await cognito.attempt(way))
            let events = try await cognito.history()
            #expect(events.map { $0["EventResponse"] } == [.string("Pass"), .string("Fail")])
            let name = way.takesCode ? "Mfa" : "Password"
            for (event, response) in zip(events, ["Success", "Failure"]) {
                #expect(event["EventType"] == .string("SignIn"))
                let answered: JSONValue = .object([
                    "ChallengeName": .string(name), "ChallengeResponse": .string(response),
                ])
                #expect(event["ChallengeResponses"] == .array([answered]))
            }
        }
    }

    @Test("an event tells who, when, from where, and is the token's", arguments: TestEngine.allCases)
    func contents(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.protected("AUDIT")) { cognito in
            try await cognito.addUser()
            let tokens = try Tokens(await cognito.signIn(from: "192.0.2.77", browser: Self.chrome))
            let event = try #require(try await cognito.history().first)
            #expect(try event["EventId"]?.stringValue == cognito.claims(tokens.access)["event_id"]?.stringValue)
            #expect(event["CreationDate"] == .number(Double(cognito.clock.now.seconds)))
            let risk: JSONValue = .object([
                "RiskDecision": .string("NoRisk"), "CompromisedCredentialsDetected": .boolean(false),
            ])
            #expect(event["EventRisk"] == risk)
            let context: JSONValue = .object([
                "IpAddress": .string("192.0.2.77"), "DeviceName": .string("Chrome 126, Windows 10"),
            ])
            #expect(event["EventContextData"] == context)
            #expect(event["EventFeedback"] == nil)
        }
    }

    @Test("a sign-in stays one read and one write, and a wrong password too")
    func cost() async throws {
        try await Cognito.run(pool: Cognito.protected("AUDIT")) { cognito in
            try await cognito.addUser()
            _ = try await cognito.signedIn()
            let database = cognito.application.store.database
            let before = database.statistics.transactions
            _ = try await cognito.signedIn()
            let between = database.statistics.transactions
            #expect(await cognito.signIn(password: "Wr0ng!one").refusal == .wrongPassword)
            #expect(between - before == 2)
            #expect(database.statistics.transactions - between == 2)
        }
    }

    @Test("nothing is recorded where the add-on is off")
    func off() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            _ = try await cognito.signedIn()
            _ = await cognito.signIn(password: "Wr0ng!one")
            let rows = try await cognito.application.store.database.read { connection in
                try connection.rows("select id from auth_events where pool_id = \(cognito.pool)")
            }
            #expect(rows.isEmpty)
        }
    }

    @Test("who proved who they are and may not sign in all the same has an event, too")
    func refused() async throws {
        try await Cognito.run(pool: Cognito.protected("AUDIT")) { cognito in
            try await cognito.addUser()
            try await cognito.disable()
            #expect(await cognito.signIn().refusal == .disabled)
            #expect(try await cognito.history().map { $0["EventResponse"] } == [.string("Fail")])
        }
    }

    @Test("signing up and changing a password leave events")
    func otherEvents() async throws {
        try await Cognito.run(pool: Cognito.protected("AUDIT")) { cognito in
            try await cognito.signUp()
            try await cognito.ok(AdminConfirmSignUp.self, cognito.named())
            cognito.clock.advance(.seconds(1))
            let tokens = try await cognito.signedIn()
            cognito.clock.advance(.seconds(1))
            let change: Members = [
                "AccessToken": tokens.access, "PreviousPassword": Cognito.password, "ProposedPassword": "An0ther!one",
            ]
            try await cognito.ok(ChangePassword.self, change)
            let types = try await cognito.history().map { $0["EventType"]?.stringValue }
            #expect(types == ["PasswordChange", "SignIn", "SignUp"])
        }
    }

    @Test("so do codes that are sent and a password that is reset", arguments: TestEngine.allCases)
    func codeEvents(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.protected("AUDIT")) { cognito in
            try await cognito.signUp()
            cognito.clock.advance(.seconds(1))
            try await cognito.ok(ResendConfirmationCode.self, cognito.byClient())
            let confirming: Members = try ["ConfirmationCode": cognito.outbox.code()]
            try await cognito.ok(ConfirmSignUp.self, cognito.byClient("ada", confirming))
            cognito.clock.advance(.seconds(1))
            for _ in 0..<5 { try await cognito.ok(ForgotPassword.self, cognito.byClient()) }
            // Past the hour's limit nothing is sent, and nothing recorded.
            #expect(
                await cognito.call(ForgotPassword.self, cognito.byClient()).refusal?.code == "LimitExceededException"
            )
            cognito.clock.advance(.seconds(1))
            let reset: Members = try ["ConfirmationCode": cognito.outbox.code(), "Password": "An0ther!one"]
            try await cognito.ok(ConfirmForgotPassword.self, cognito.byClient("ada", reset))
            let events = try await cognito.history()
            let types = ["PasswordChange"] + Array(repeating: "ForgotPassword", count: 5) + ["ResendCode", "SignUp"]
            #expect(events.map { $0["EventType"]?.stringValue } == types)
            #expect(events.allSatisfy { $0["EventResponse"] == .string("Pass") })
        }
    }

    @Test("a wrong passkey leaves an event, and many no more than some")
    func wrongPasskeys() async throws {
        try await Cognito.run(pool: Cognito.withPasskeys.with(Cognito.protected("AUDIT"))) { cognito in
            try await cognito.setPasskeys()
            try await cognito.addUser()
            var authenticator = SoftwareAuthenticator()
            try await cognito.register(authenticator, cognito.signedIn().access)
            cognito.clock.advance(.seconds(1))
            authenticator.flags = 0
            let asked = await cognito.askPasskey()
            for _ in 0..<22 {
                #expect(try await cognito.answerPasskey(asked, authenticator).refusal == PasskeySignInTests.wrong)
            }
            let failed = try await cognito.history().filter { $0["EventResponse"] == .string("Fail") }
            let answered: JSONValue = .object([
                "ChallengeName": .string("Mfa"), "ChallengeResponse": .string("Failure"),
            ])
            #expect(failed.count == 20 && failed.first?["ChallengeResponses"] == .array([answered]))
        }
    }

    @Test("wrong codes for one session leave no more events than may be tried")
    func wrongCodes() async throws {
        try await Cognito.run(pool: Cognito.choice.with(Cognito.protected("AUDIT"))) { cognito in
            try await cognito.addUser()
            let asked = await cognito.initiate("USER_AUTH", ["USERNAME": "ada", "PREFERRED_CHALLENGE": "EMAIL_OTP"])
            for _ in 0..<8 {
                let responses = ["USERNAME": "ada", "EMAIL_OTP_CODE": "no"]
                #expect(await cognito.follow(asked, "EMAIL_OTP", responses).refusal == .wrongCode)
            }
            #expect(try await cognito.history().count == 5)
        }
    }

    @Test("pages follow each other without gaps", arguments: TestEngine.allCases)
    func pages(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.protected("AUDIT")) { cognito in
            try await cognito.addUser()
            for _ in 0..<5 {
                _ = try await cognito.signedIn()
                cognito.clock.advance(.seconds(1))
            }
            let all = try await cognito.history().compactMap { $0["EventId"]?.stringValue }
            #expect(all.count == 5)
            var (seen, token): ([String], String?) = ([], nil)
            repeat {
                let page = try await cognito.ok(
                    AdminListUserAuthEvents.self,
                    cognito.named("ada", ["MaxResults": 2, "NextToken": token])
                )
                seen += page.list("AuthEvents").compactMap { $0["EventId"]?.stringValue }
                token = page.string("NextToken")
            } while token != nil
            #expect(seen == all)
            let wrong = cognito.named("ada", ["NextToken": "made-up"])
            #expect(await cognito.call(AdminListUserAuthEvents.self, wrong).refusal == .invalidPaginationToken)
            #expect(await cognito.call(AdminListUserAuthEvents.self, cognito.named("eve")).refusal == .noUser)
        }
    }

    @Test("they go after two years, those of nobody after an hour, and with the user")
    func expiry() async throws {
        try await Cognito.run(
            pool: Cognito.protected("AUDIT"),
            client: ["PreventUserExistenceErrors": "ENABLED"]
        ) { cognito in
            let store = cognito.application.store
            func count() async throws -> Int? {
                try await store.database.read { connection in
                    try connection.row("select count(*) from auth_events where pool_id = \(cognito.pool)")?.int(0)
                }
            }
            try await cognito.addUser()
            _ = try await cognito.signedIn()
            #expect(await cognito.signIn("nobody").refusal == .wrongPassword)
            #expect(try await count() == 2)
            try await store.sweep(now: cognito.clock.now.adding(seconds: 3601))
            #expect(try await count() == 1)
            try await store.sweep(now: cognito.clock.now.adding(seconds: 2 * 365 * 86_400 + 1))
            #expect(try await count() == 0)
            _ = try await cognito.signedIn()
            try await cognito.ok(AdminDeleteUser.self, cognito.named())
            #expect(try await count() == 0)
        }
    }
}
