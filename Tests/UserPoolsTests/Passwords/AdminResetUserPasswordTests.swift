import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

@Suite struct AdminResetUserPasswordTests {
    @Test("the user gets in again by the code that was sent, and by a new password", arguments: TestEngine.allCases)
    func good(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            let answer = await reset(cognito)
            #expect(answer.refusal == nil && answer.json == .object([:]))
            #expect(try await cognito.user().string("UserStatus") == "RESET_REQUIRED")
            #expect(cognito.outbox.addresses == ["ada@example.com"])
            #expect(await cognito.signIn().refusal == .resetRequired)
            let code = try cognito.outbox.code()
            let new: Members = ["ConfirmationCode": code, "Password": ConfirmForgotPasswordTests.newPassword]
            try await cognito.ok(ConfirmForgotPassword.self, cognito.byClient("ada", new))
            #expect(try await cognito.user().string("UserStatus") == "CONFIRMED")
            #expect(await cognito.signIn().refusal == .wrongPassword)
            #expect(await cognito.signIn(password: ConfirmForgotPasswordTests.newPassword).refusal == nil)
        }
    }

    @Test("whoever proves who they are is told of the reset, by every way", arguments: Way.allCases)
    func ways(way: Way) async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            #expect(await reset(cognito).refusal == nil)
            #expect(try await cognito.attempt(way).refusal == .resetRequired)
            #expect(try await cognito.attempt(way, password: nil).refusal == way.wrong)
        }
    }

    @Test("a client that hides who exists says no more than of a wrong password")
    func hidden() async throws {
        try await Cognito.run(client: ["PreventUserExistenceErrors": "ENABLED"]) { cognito in
            try await cognito.addUser()
            #expect(await reset(cognito).refusal == nil)
            #expect(await cognito.signIn().refusal == .wrongPassword)
        }
    }

    @Test("tokens of before stay good, a sign-in that was under way doesn't, and another code voids the first")
    func again() async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            let begun = await cognito.initiate("USER_AUTH", ["USERNAME": "ada", "PREFERRED_CHALLENGE": "PASSWORD"])
            #expect(await reset(cognito).refusal == nil)
            let first = try cognito.outbox.code()
            #expect(await cognito.call(GetUser.self, ["AccessToken": tokens.access]).refusal == nil)
            let late = await cognito.respond(
                "PASSWORD",
                ["USERNAME": "ada", "PASSWORD": Cognito.password],
                session: begun.string("Session")
            )
            #expect(late.refusal == .invalidSession)
            #expect(await reset(cognito).refusal == nil)
            let second = try cognito.outbox.code()
            for (code, refusal) in [(first, Refusal.codeMismatch), (second, nil)] where code != second || refusal == nil
            {
                let new: Members = ["ConfirmationCode": code, "Password": "An0ther!one"]
                #expect(
                    await cognito.call(ConfirmForgotPassword.self, cognito.byClient("ada", new)).refusal == refusal
                )
            }
        }
    }

    @Test("an administrator lets them in at once by a password of their own choice")
    func set() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            #expect(await reset(cognito).refusal == nil)
            let password: Members = ["Password": "An0ther!one", "Permanent": true]
            try await cognito.ok(AdminSetUserPassword.self, cognito.named("ada", password))
            #expect(await cognito.signIn(password: "An0ther!one").refusal == nil)
        }
    }

    enum Obstacle: CaseIterable { case unverified, administratorsOnly, disabled, invited, unconfirmed }

    @Test("whose password can't be reset, and why", arguments: Obstacle.allCases)
    func obstacles(obstacle: Obstacle) async throws {
        let mechanisms: [Members] = [["Name": "admin_only", "Priority": 1]]
        let pool: Members =
            obstacle == .administratorsOnly ? ["AccountRecoverySetting": ["RecoveryMechanisms": mechanisms]] : [:]
        try await Cognito.run(pool: pool) { cognito in
            var refusal = Refusal.notAuthorized("User password cannot be reset in the current state.")
            switch obstacle {
            case .unverified:
                try await cognito.addUser(attributes: ["email": "ada@example.com"])
                refusal = .invalid(
                    "Cannot reset password for the user as there is no registered/verified email or phone_number"
                )
            case .administratorsOnly:
                try await cognito.addUser()
                refusal = .notAuthorized("Contact administrator to reset password.")
            case .disabled:
                try await cognito.addUser()
                try await cognito.ok(AdminDisableUser.self, cognito.named())
                refusal = .disabled
            case .invited: try await cognito.addInvitedUser()
            case .unconfirmed: try await cognito.signUp()
            }
            cognito.outbox.clear()
            let before = try await cognito.user()
            #expect(await reset(cognito).refusal == refusal)
            #expect(try await cognito.user().json == before.json && cognito.outbox.messages.isEmpty)
        }
    }

    @Test("a message that can't be handed over is told, and the reset stands")
    func undelivered() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            cognito.outbox.fail()
            #expect(await reset(cognito).refusal == .invalid("Invalid email provided/Unable to send the email"))
            #expect(try await cognito.user().string("UserStatus") == "RESET_REQUIRED")
        }
    }

    private func reset(_ cognito: Cognito) async -> Answer {
        await cognito.call(AdminResetUserPassword.self, cognito.named())
    }
}
