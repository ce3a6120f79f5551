import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// UserMigration: names, aliases, second factors, and many at once.
@Suite struct UserMigrationNameTests {
    @Test("users who are named by their address")
    func address() async throws {
        let pool = Cognito.calling("UserMigration").with(["UsernameAttributes": ["email"]])
        try await Cognito.run(pool: pool) { cognito in
            let passwords = ["old@example.com": "old", "other@example.com": "old"]
            cognito.migrate([:], passwords: passwords)
            _ = try await cognito.signedIn("old@example.com", password: "old")
            let user = try await cognito.user("old@example.com")
            #expect(user.string("Username") == user.attributes()["sub"])
            // One whose address is another's can't be the one who signs in.
            let other = await cognito.signIn("other@example.com", password: "old")
            #expect(other.refusal == .invalid("The username and the attribute email must be the same."))
        }
    }

    @Test("who signs in by an alias has the username that the function knows", arguments: TestEngine.allCases)
    func alias(engine: TestEngine) async throws {
        let pool = Cognito.calling("UserMigration").with(["AliasAttributes": ["email"]])
        try await Cognito.run(on: engine, pool: pool) { cognito in
            let address = "old@example.com"
            cognito.migrate([:], passwords: [address: "old"])
            #expect(
                await cognito.signIn(address, password: "old").refusal
                    == .invalid("Username cannot be of email format, since user pool is configured for email alias.")
            )
            let attributes: JSONValue = .object([
                "username": .string("ada"), "email": .string(address), "email_verified": .string("true"),
            ])
            cognito.migrate(["userAttributes": attributes], passwords: [address: "old"])
            _ = try await cognito.signedIn(address, password: "old")
            #expect(try await cognito.user(address).string("Username") == "ada")
            _ = try await cognito.signedIn("ada", password: "old")
            // Who signs in by a username has that one.
            let another: JSONValue = .object(["username": .string("eve"), "name": .string("Bob")])
            cognito.migrate(["userAttributes": another], passwords: ["bob": "old"])
            _ = try await cognito.signedIn("bob", password: "old")
            #expect(try await cognito.user("bob").attributes()["name"] == "Bob")
            #expect(await cognito.call(AdminGetUser.self, cognito.named("eve")).refusal == .noUser)
        }
    }

    @Test("an alias is taken from its owner only where the function says so", arguments: TestEngine.allCases)
    func taken(engine: TestEngine) async throws {
        let pool = Cognito.calling("UserMigration").with(["AliasAttributes": ["email"]])
        try await Cognito.run(on: engine, pool: pool) { cognito in
            try await cognito.addUser("owner", attributes: ["email": "old@example.com", "email_verified": "true"])
            cognito.migrate([:])
            #expect(
                await cognito.signIn().refusal == .invalidAnswer("An account with the email already exists.")
            )
            #expect(await cognito.call(AdminGetUser.self, cognito.named()).refusal == .noUser)
            cognito.migrate(["forceAliasCreation": .boolean(true)])
            _ = try await cognito.signedIn()
            #expect(try await cognito.user("old@example.com").string("Username") == "ada")
            #expect(try await cognito.user("owner").attributes()["email_verified"] == "false")
        }
    }

    @Test("texts as a second factor are asked for in the same sign-in")
    func secondFactor() async throws {
        let sms: Members = ["SmsConfiguration": Cognito.smsSender, "MfaConfiguration": "OPTIONAL"]
        try await Cognito.run(pool: Cognito.calling("UserMigration").with(sms)) { cognito in
            let attributes: JSONValue = .object([
                "phone_number": .string("+15551234567"), "phone_number_verified": .string("true"),
            ])
            cognito.migrate(["userAttributes": attributes, "enableSMSMFA": .boolean(true)])
            let asked = await cognito.signIn()
            #expect(asked.string("ChallengeName") == "SMS_MFA")
            let code = try cognito.outbox.code(to: "+15551234567")
            let answer = await cognito.respond(
                "SMS_MFA",
                ["USERNAME": "ada", "SMS_MFA_CODE": code],
                session: asked.string("Session")
            )
            _ = try Tokens(answer)
            #expect(cognito.functions.sources == ["UserMigration_Authentication"])
        }
    }

    @Test("many sign-ins at once migrate once, and all are let in", arguments: TestEngine.allCases)
    func race(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.calling("UserMigration", "PreSignUp")) { cognito in
            cognito.migrate()
            cognito.answer("PreSignUp")
            let answers = await withTaskGroup(of: Answer.self) { group in
                for _ in 0..<16 { group.addTask { await cognito.signIn() } }
                return await group.reduce(into: [Answer]()) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.refusal == nil })
            #expect(cognito.functions.sources == ["UserMigration_Authentication", "PreSignUp_AdminCreateUser"])
        }
    }

    @Test("where another node was quicker, its user is let in, by their own password", arguments: TestEngine.allCases)
    func loser(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.calling("UserMigration")) { cognito in
            for (name, isTheirs) in [("ada", true), ("bob", false)] {
                let store = UserStore(passwords: [name: Cognito.password])
                cognito.set("UserMigration") { event in
                    try await cognito.addUser(name)
                    return try store.answer(to: event)
                }
                if !isTheirs {
                    cognito.set("UserMigration") { event in
                        try await cognito.addInvitedUser(name)
                        let other: Members = ["Password": "An0ther!one", "Permanent": true]
                        try await cognito.ok(AdminSetUserPassword.self, cognito.named(name, other))
                        return try store.answer(to: event)
                    }
                }
                let answer = await cognito.signIn(name)
                #expect(answer.refusal == (isTheirs ? nil : .wrongPassword))
                let address = try await cognito.user(name).attributes()["email"]
                #expect(address == "\(name)@example.com")
            }
        }
    }

    @Test("a function is asked for five wrong passwords, then the name is locked", arguments: ["ENABLED", "LEGACY"])
    func guesses(prevents: String) async throws {
        let client: Members = ["PreventUserExistenceErrors": prevents]
        try await Cognito.run(pool: Cognito.calling("UserMigration"), client: client) { cognito in
            cognito.migrate()
            let wrong: Refusal =
                prevents == "ENABLED" ? .wrongPassword : .function("UserMigration", said: "Bad password")
            for _ in 0..<5 { #expect(await cognito.signIn(password: "wrong").refusal == wrong) }
            #expect(await cognito.signIn().refusal == .locked)
            #expect(cognito.functions.events.count == 5)
            cognito.clock.advance(.seconds(1))
            #expect(await cognito.signIn(password: "wrong").refusal == wrong)
            #expect(await cognito.signIn().refusal == .locked)
            cognito.clock.advance(.seconds(2))
            _ = try await cognito.signedIn()
            #expect(cognito.functions.events.count == 7)
        }
    }

    @Test(
        "guesses at a name in any case are counted together, and whoever is hidden isn't told apart by it",
        arguments: TestEngine.allCases,
        ["ENABLED", "LEGACY"]
    )
    func cases(engine: TestEngine, prevents: String) async throws {
        let client: Members = ["PreventUserExistenceErrors": prevents]
        try await Cognito.run(on: engine, pool: Cognito.calling("UserMigration"), client: client) { cognito in
            cognito.migrate()
            for name in ["Ada", "aDa", "adA", "ADa", "ADA"] { _ = await cognito.signIn(name, password: "wrong") }
            #expect(cognito.functions.events.count == 5)
            // No name is locked that nobody has guessed at five times, as no user's is.
            let unasked: Refusal = prevents == "ENABLED" ? .wrongPassword : .locked
            #expect(await cognito.signIn().refusal == unasked)
            for _ in 0..<4 { #expect(await cognito.signIn("ADA", password: "wrong").refusal == unasked) }
            #expect(await cognito.signIn("ADA").refusal == .locked)
            #expect(cognito.functions.events.count == 5)
            cognito.clock.advance(.seconds(1))
            _ = try await cognito.signedIn()
            #expect(cognito.functions.events.count == 6)
        }
    }

    @Test("nor is it asked more often by a burst", arguments: TestEngine.allCases, ["ENABLED", "LEGACY"])
    func burst(engine: TestEngine, prevents: String) async throws {
        let client: Members = ["PreventUserExistenceErrors": prevents]
        try await Cognito.run(on: engine, pool: Cognito.calling("UserMigration"), client: client) { cognito in
            cognito.migrate()
            let refusals = await withTaskGroup(of: Refusal?.self) { group in
                for number in 0..<40 {
                    group.addTask { await cognito.signIn(password: "wrong \(number)").refusal }
                }
                return await group.reduce(into: [Refusal?]()) { $0.append($1) }
            }
            #expect(cognito.functions.events.count == 5)
            #expect(refusals.count { $0 == .locked } == 35)
        }
    }

    @Test("nor by one of names in any case", arguments: TestEngine.allCases)
    func burstOfCases(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.calling("UserMigration")) { cognito in
            cognito.migrate()
            let names = ["ada", "Ada", "aDa", "adA", "ADa", "AdA", "aDA", "ADA"]
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<32 {
                    group.addTask { _ = await cognito.signIn(names[number % 8], password: "wrong \(number)") }
                }
            }
            #expect(cognito.functions.events.count == 5)
        }
    }
}
