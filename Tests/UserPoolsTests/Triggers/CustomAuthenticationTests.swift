import CognitoModel
import DatabaseTestSupport
import Testing
import Triggers
import UserPools

/// CUSTOM_AUTH without a password: what the functions say is what happens, and who mustn't sign in doesn't.
@Suite struct CustomAuthenticationTests {
    static let refused = Refusal.wrongPassword
    static let notConfigured = Refusal.invalid("Custom auth lambda trigger is not configured for the user pool.")

    @Test("Define, Create, the answer, Verify, Define, tokens", arguments: TestEngine.allCases)
    func good(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE", "CUSTOM_CHALLENGE")
            let first = await cognito.beginCustom()
            #expect(first.string("ChallengeName") == "CUSTOM_CHALLENGE")
            #expect(first["ChallengeParameters"] == ["question": "word 0?", "USERNAME": "ada"])
            let second = await cognito.answerCustom(first, "sesame0")
            #expect(second["ChallengeParameters"] == ["question": "word 1?", "USERNAME": "ada"])
            #expect(second.string("Session") != first.string("Session"))
            let tokens = try Tokens(await cognito.answerCustom(second, "sesame1"))
            #expect(cognito.customSources == "Define Create Verify Define Create Verify Define")
            #expect(cognito.functions.events.last?.sessionText == "CUSTOM_CHALLENGE+ CUSTOM_CHALLENGE+")
            #expect(try await cognito.ok(GetUser.self, ["AccessToken": tokens.access]).string("Username") == "ada")
            let refreshed = await cognito.initiate("REFRESH_TOKEN_AUTH", ["REFRESH_TOKEN": tokens.refresh])
            #expect(refreshed.refusal == nil)
        }
    }

    @Test("an administrator's server may do the same")
    func administrator() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE")
            let asked = await cognito.administer("CUSTOM_AUTH", ["USERNAME": "ada"])
            let answer = ["USERNAME": "ada", "ANSWER": "sesame0"]
            let session = asked.string("Session")
            _ = try Tokens(await cognito.respondAsAdministrator("CUSTOM_CHALLENGE", answer, session: session))
        }
    }

    @Test("a wrong answer is Define's to judge: another try, and in the end no more")
    func wrong() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE")
            let first = await cognito.beginCustom()
            let second = await cognito.answerCustom(first, "wrong")
            #expect(second.string("ChallengeName") == "CUSTOM_CHALLENGE")
            let third = await cognito.answerCustom(second, "")
            #expect(await cognito.answerCustom(third, "sesame0").refusal == Self.refused)
            let last = try #require(cognito.functions.events.last)
            #expect(last.sessionText == "CUSTOM_CHALLENGE- CUSTOM_CHALLENGE- CUSTOM_CHALLENGE-")
            #expect(last.session.map(\.metadata) == ["QUESTION_0", "QUESTION_1", "QUESTION_2"])
            // The same again, with a right answer at last.
            let again = await cognito.answerCustom(await cognito.beginCustom(), "wrong")
            _ = try Tokens(await cognito.answerCustom(again, "sesame1"))
        }
    }

    @Test("a session serves once, whether its answer was wrong, right, or met a function that failed")
    func once() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE")
            let first = await cognito.beginCustom()
            let second = await cognito.answerCustom(first, "wrong")
            #expect(await cognito.answerCustom(first, "sesame0").refusal == .sessionUsed)
            cognito.refuse("VerifyAuthChallengeResponse")
            #expect(await cognito.answerCustom(second, "sesame1").refusal == .function("VerifyAuthChallengeResponse"))
            cognito.playCustom("CUSTOM_CHALLENGE")
            #expect(await cognito.answerCustom(second, "sesame1").refusal == .sessionUsed)
            let third = await cognito.beginCustom()
            _ = try Tokens(await cognito.answerCustom(third, "sesame0"))
            #expect(await cognito.answerCustom(third, "sesame0").refusal == .sessionUsed)
            #expect(cognito.events(of: "VerifyAuthChallengeResponse").count == 3)
        }
    }

    @Test("of fifty answers at once to one session one is looked at", arguments: TestEngine.allCases)
    func burst(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE")
            let asked = await cognito.beginCustom()
            let answers = await withTaskGroup(of: Answer.self) { group in
                for number in 0..<50 {
                    group.addTask { await cognito.answerCustom(asked, number == 25 ? "sesame0" : "guess\(number)") }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count { $0.refusal == nil } == 1)
            #expect(answers.count { $0.refusal == .sessionUsed } == 49)
            #expect(cognito.events(of: "VerifyAuthChallengeResponse").count == 1)
            #expect(cognito.events(of: "DefineAuthChallenge").count == 2)
        }
    }

    @Test("a session is another's business for nobody, and expires")
    func bound() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            try await cognito.addUser("bob")
            cognito.playCustom("CUSTOM_CHALLENGE")
            let asked = await cognito.beginCustom()
            #expect(await cognito.answerCustom(asked, "sesame0", name: "bob").refusal == .invalidSession)
            let other = try await cognito.makeClient()
            let answer = ["USERNAME": "ada", "ANSWER": "sesame0"]
            let session = asked.string("Session")
            let elsewhere = await cognito.respond("CUSTOM_CHALLENGE", answer, session: session, client: other)
            #expect(elsewhere.refusal == .invalidSession)
            #expect(
                await cognito.respond("CUSTOM_CHALLENGE", ["USERNAME": "ada"], session: session).refusal
                    == .missing("ANSWER")
            )
            cognito.clock.advance(.minutes(3))
            #expect(await cognito.answerCustom(asked, "sesame0").refusal == .sessionExpired)
            #expect(cognito.events(of: "VerifyAuthChallengeResponse").isEmpty)
        }
    }

    @Test("what functions keep to themselves, nobody else sees")
    func secret() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE")
            let asked = await cognito.beginCustom()
            #expect(!asked.description.contains("sesame") && !asked.description.contains("QUESTION"))
        }
    }

    @Test("nobody gets no tokens, whatever the functions say, and isn't told apart")
    func nobody() async throws {
        try await Cognito.run(pool: Cognito.custom, client: ["PreventUserExistenceErrors": "ENABLED"]) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE")
            let name = try await cognito.nobody()
            let (real, unreal) = (await cognito.beginCustom(), await cognito.beginCustom(name))
            #expect(unreal.string("ChallengeName") == "CUSTOM_CHALLENGE")
            #expect(real.string("Session")?.count == unreal.string("Session")?.count)
            for source in ["DefineAuthChallenge", "CreateAuthChallenge"] {
                let events = cognito.events(of: source)
                #expect(events.map { $0.at("request.userNotFound") } == [.boolean(false), .boolean(true)])
                #expect(events.last?["userName"]?.stringValue == name)
                #expect(events.last?.at("request.userAttributes") == .object([:]))
            }
            #expect(await cognito.answerCustom(unreal, "sesame0", name: name).refusal == Self.refused)
            #expect(cognito.customSources == "Define Create Define Create Verify Define")
            // Not even where Define opens to everybody at once.
            cognito.answer("DefineAuthChallenge", with: ["issueTokens": true])
            #expect(await cognito.beginCustom(name).refusal == Self.refused)
            _ = try Tokens(await cognito.beginCustom())
        }
    }

    @Test("who may not sign in is told so once the functions are satisfied, and not before")
    func notAllowed() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            cognito.playCustom("CUSTOM_CHALLENGE")
            try await cognito.signUp("una")
            try await cognito.addUser("dis")
            try await cognito.disable("dis")
            try await cognito.addUser("res")
            try await cognito.ok(AdminResetUserPassword.self, cognito.named("res"))
            let refusals: [(String, Refusal)] = [
                ("una", .notConfirmed), ("dis", .disabled), ("res", .resetRequired),
            ]
            for (name, refusal) in refusals {
                let asked = await cognito.beginCustom(name)
                #expect(asked.string("ChallengeName") == "CUSTOM_CHALLENGE")
                #expect(await cognito.answerCustom(asked, "sesame0", name: name).refusal == refusal)
            }
            // Who was invited and never chose a password signs in without one, as in Cognito.
            try await cognito.addInvitedUser("inv")
            _ = try Tokens(await cognito.answerCustom(await cognito.beginCustom("inv"), "sesame0", name: "inv"))
            #expect(try await cognito.user("inv").string("UserStatus") == "FORCE_CHANGE_PASSWORD")
        }
    }

    @Test("whoever is disabled, or deleted, between question and answer gets nothing")
    func meanwhile() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE")
            let asked = await cognito.beginCustom()
            try await cognito.disable()
            #expect(await cognito.answerCustom(asked, "sesame0").refusal == .invalidSession)
            try await cognito.ok(AdminEnableUser.self, cognito.named())
            let again = await cognito.beginCustom()
            try await cognito.ok(AdminDeleteUser.self, cognito.named())
            #expect(await cognito.answerCustom(again, "sesame0").refusal == .invalidSession)
        }
    }

    @Test("PostAuthentication comes before the tokens, and PreAuthentication not at all")
    func others() async throws {
        let all = Cognito.calling(
            "DefineAuthChallenge",
            "CreateAuthChallenge",
            "VerifyAuthChallengeResponse",
            "PreAuthentication",
            "PostAuthentication"
        )
        try await Cognito.run(pool: all) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE")
            cognito.refuse("PreAuthentication")
            cognito.refuse("PostAuthentication")
            let asked = await cognito.beginCustom()
            #expect(await cognito.answerCustom(asked, "sesame0").refusal == .function("PostAuthentication"))
            #expect(cognito.customSources == "Define Create Verify Define PostAuth")
        }
    }

    @Test("what the app says at the beginning is kept from these functions, and what it says with an answer isn't")
    func metadata() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE")
            let basis: Members = ["ClientId": cognito.client.id, "ClientMetadata": ["a": "b"]]
            let begun: Members = ["AuthFlow": "CUSTOM_AUTH", "AuthParameters": ["USERNAME": "ada"]]
            let asked = try await cognito.ok(InitiateAuth.self, basis.with(begun))
            #expect(cognito.functions.events.allSatisfy { $0.at("request.clientMetadata") == nil })
            cognito.functions.forgetEvents()
            let responses = ["USERNAME": "ada", "ANSWER": "wrong"]
            let answer: Members = [
                "ChallengeName": "CUSTOM_CHALLENGE", "ChallengeResponses": responses,
                "Session": asked.string("Session"),
            ]
            try await cognito.ok(RespondToAuthChallenge.self, basis.with(answer))
            #expect(cognito.customSources == "Verify Define Create")
            #expect(cognito.functions.events.allSatisfy { $0.at("request.clientMetadata") == ["a": "b"] })
        }
    }
}
