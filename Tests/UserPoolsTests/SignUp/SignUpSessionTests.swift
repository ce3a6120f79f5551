import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// The `Session` that leads from SignUp through ConfirmSignUp to a sign-in by USER_AUTH.
@Suite struct SignUpSessionTests {
    @Test("leads from SignUp to tokens without a second code, once")
    func good() async throws {
        try await Cognito.run { cognito in
            let session = try await confirmed(cognito)
            _ = try Tokens(await begin(cognito, session))
            #expect(await begin(cognito, session).refusal == .sessionUsed)
        }
    }

    @Test("a session is good as long as the client says, at each of both steps", arguments: [3, 15])
    func lifetime(minutes: Int) async throws {
        try await Cognito.run(client: ["AuthSessionValidity": minutes]) { cognito in
            let first = try await cognito.signUp("early").text("Session")
            let code = try cognito.outbox.code()
            cognito.clock.advance(.minutes(minutes) - .instant)
            let second = try await confirm(cognito, "early", code, first).text("Session")
            cognito.clock.advance(.minutes(minutes) - .instant)
            _ = try Tokens(await begin(cognito, second, "early"))

            let third = try await cognito.signUp("late").text("Session")
            let lateCode = try cognito.outbox.code()
            cognito.clock.advance(.minutes(minutes))
            #expect(await confirm(cognito, "late", lateCode, third).refusal == .sessionExpired)

            let fourth = try await confirmed(cognito, "later")
            cognito.clock.advance(.minutes(minutes))
            #expect(await begin(cognito, fourth, "later").refusal == .sessionExpired)
        }
    }

    @Test("a session is of one user, one client and one step")
    func anothers() async throws {
        try await Cognito.run { cognito in
            let other = try await cognito.makeClient()
            let adas = try await cognito.signUp("ada").text("Session")
            let code = try cognito.outbox.code()
            let bobs = try await cognito.signUp("bob").text("Session")
            let others = try await cognito.signUp("eve", client: other).text("Session")
            for session in [bobs, others, String(adas.reversed())] {
                #expect(await confirm(cognito, "ada", code, session).refusal == .invalidSession)
            }
            #expect(await begin(cognito, adas).refusal == .invalidSession)
            let confirmedSession = try await confirm(cognito, "ada", code, adas).text("Session")
            #expect(await begin(cognito, confirmedSession, "bob").refusal == .invalidSession)
            let elsewhere = await cognito.initiate(
                "USER_AUTH",
                ["USERNAME": "ada"],
                client: other,
                session: confirmedSession
            )
            #expect(elsewhere.refusal == .invalidSession)
        }
    }

    @Test("who is disabled or deleted meanwhile isn't let in")
    func meanwhile() async throws {
        try await Cognito.run(client: ["PreventUserExistenceErrors": "ENABLED"]) { cognito in
            let disabled = try await confirmed(cognito, "ada")
            try await cognito.ok(AdminDisableUser.self, ["UserPoolId": cognito.pool, "Username": "ada"])
            #expect(await begin(cognito, disabled).refusal == .invalidSession)
            let deleted = try await confirmed(cognito, "bob")
            try await cognito.ok(AdminDeleteUser.self, ["UserPoolId": cognito.pool, "Username": "bob"])
            #expect(await begin(cognito, deleted, "bob").refusal == .invalidSession)
        }
    }

    @Test("of many at once with one session, one is let in", arguments: TestEngine.allCases)
    func burst(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let session = try await confirmed(cognito)
            let answers = try await concurrently(8) { _ in await begin(cognito, session) }.map { try $0.get() }
            #expect(answers.count { $0.refusal == nil } == 1)
            #expect(answers.count { $0.refusal == .sessionUsed } == 7)
        }
    }

    private func confirmed(_ cognito: Cognito, _ name: String = "ada") async throws -> String {
        let session = try await cognito.signUp(name).text("Session")
        return try await confirm(cognito, name, try cognito.outbox.code(), session).text("Session")
    }

    private func confirm(_ cognito: Cognito, _ name: String, _ code: String, _ session: String) async -> Answer {
        await cognito.call(
            ConfirmSignUp.self,
            ["ClientId": cognito.client.id, "Username": name, "ConfirmationCode": code, "Session": session]
        )
    }

    private func begin(_ cognito: Cognito, _ session: String, _ name: String = "ada") async -> Answer {
        await cognito.initiate("USER_AUTH", ["USERNAME": name], session: session)
    }
}
