import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

@Suite struct ConfirmForgotPasswordTests {
    static let newPassword = "An0ther!one"

    @Test("sets the password, once", arguments: TestEngine.allCases)
    func good(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await forget(cognito)
            #expect(try await confirm(cognito).refusal == nil)
            #expect(await cognito.signIn().refusal == .wrongPassword)
            #expect(await cognito.signIn(password: Self.newPassword).refusal == nil)
            #expect(try await confirm(cognito).refusal == .codeExpired)
        }
    }

    @Test("a code is good for an hour", arguments: [true, false])
    func lifetime(isLate: Bool) async throws {
        try await Cognito.run { cognito in
            try await forget(cognito)
            cognito.clock.advance(isLate ? .hours(1) : .hours(1) - .instant)
            #expect(try await confirm(cognito).refusal == (isLate ? .codeExpired : nil))
        }
    }

    @Test("of wrong codes fifteen are looked at in the hour that begins with the first")
    func limit() async throws {
        try await Cognito.run { cognito in
            try await forget(cognito)
            for _ in 0..<15 {
                #expect(try await confirm(cognito, code: "000").refusal == .codeMismatch)
                cognito.clock.advance(.minutes(2))
            }
            #expect(try await confirm(cognito).refusal == .limitExceeded)
            cognito.clock.advance(.minutes(30) - .instant)
            #expect(try await confirm(cognito).refusal == .limitExceeded)
            cognito.clock.advance(.instant)
            #expect(try await confirm(cognito).refusal == .codeExpired)
            // Another code has tries of its own.
            try await cognito.ok(ForgotPassword.self, cognito.byClient())
            for _ in 0..<14 { #expect(try await confirm(cognito, code: "000").refusal == .codeMismatch) }
            #expect(try await confirm(cognito).refusal == nil)
        }
    }

    @Test("a code that is asked for again voids the earlier")
    func again() async throws {
        try await Cognito.run { cognito in
            try await forget(cognito)
            let first = try cognito.outbox.code()
            try await cognito.ok(ForgotPassword.self, cognito.byClient())
            let second = try cognito.outbox.code()
            if first != second { #expect(try await confirm(cognito, code: first).refusal == .codeMismatch) }
            #expect(try await confirm(cognito, code: second).refusal == nil)
        }
    }

    @Test("the code of a sign-up resets nothing, and none was sent otherwise")
    func otherCode() async throws {
        try await Cognito.run { cognito in
            try await cognito.signUp()
            #expect(try await confirm(cognito).refusal == .codeExpired)
        }
    }

    @Test("a code that went to an address that is the user's no more resets nothing")
    func changedAddress() async throws {
        try await Cognito.run { cognito in
            try await forget(cognito)
            try await cognito.setAttributes(["name": "Ada"])
            let code = try cognito.outbox.code(to: "ada@example.com")
            try await cognito.setAttributes(["email": "new@example.com", "email_verified": "true"])
            #expect(try await confirm(cognito, code: code).refusal == .codeExpired)
            try await cognito.ok(ForgotPassword.self, cognito.byClient())
            #expect(try await confirm(cognito).refusal == nil)
        }
    }

    @Test("a password that breaks the policy leaves the code, and tells nothing of the user", arguments: [true, false])
    func policy(exists: Bool) async throws {
        try await Cognito.run { cognito in
            if exists { try await forget(cognito) }
            let code = exists ? try cognito.outbox.code() : "123456"
            #expect(try await confirm(cognito, code: code, password: "short").refusal == .passwordTooShort)
            #expect(try await confirm(cognito, code: code).refusal == (exists ? nil : .noUserForClient))
        }
    }

    @Test("only who has the code learns which passwords were used before")
    func history() async throws {
        let policy: Members = ["PasswordPolicy": ["PasswordHistorySize": 2]]
        try await Cognito.run(pool: ["Policies": policy]) { cognito in
            try await forget(cognito)
            let guess = try await confirm(cognito, code: "000000", password: Cognito.password)
            #expect(guess.refusal == .codeMismatch)
            #expect(try await confirm(cognito, password: Cognito.password).refusal == .passwordUsedBefore)
            #expect(try await confirm(cognito).refusal == nil)
        }
    }

    @Test("a name that nobody has is told, or treated as somebody's", arguments: ["LEGACY", "ENABLED"])
    func unknownUser(prevents: String) async throws {
        try await Cognito.run(client: ["PreventUserExistenceErrors": prevents]) { cognito in
            let isHidden = prevents == "ENABLED"
            let name = try await cognito.nobody()
            let first = try await confirm(cognito, name, code: "123456")
            #expect(first.refusal == (isHidden ? .codeExpired : .noUserForClient))
            guard isHidden else { return }
            try await cognito.ok(ForgotPassword.self, cognito.byClient(name))
            for _ in 0..<15 { #expect(try await confirm(cognito, name, code: "1").refusal == .codeMismatch) }
            #expect(try await confirm(cognito, name, code: "1").refusal == .limitExceeded)
        }
    }

    @Test("who had to reset the password is confirmed by it")
    func resetRequired() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            try await cognito.setStatus(.resetRequired)
            #expect(await cognito.signIn().refusal == .resetRequired)
            try await cognito.ok(ForgotPassword.self, cognito.byClient())
            #expect(try await confirm(cognito).refusal == nil)
            #expect(await cognito.signIn(password: Self.newPassword).refusal == nil)
        }
    }

    @Test("of many at once with the right code one sets the password", arguments: TestEngine.allCases)
    func burst(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await forget(cognito)
            let code = try cognito.outbox.code()
            let answers = try await concurrently(8) { number in
                try await confirm(cognito, code: code, password: "An0ther!one\(number)")
            }.map { try $0.get() }
            let winners = answers.indices.filter { answers[$0].refusal == nil }
            #expect(winners.count == 1)
            #expect(answers.count { $0.refusal == .codeExpired } == 7)
            let winner = try #require(winners.first)
            #expect(await cognito.signIn(password: "An0ther!one\(winner)").refusal == nil)
        }
    }

    private func forget(_ cognito: Cognito) async throws {
        try await cognito.addUser()
        try await cognito.ok(ForgotPassword.self, cognito.byClient())
    }

    private func confirm(
        _ cognito: Cognito,
        _ name: String = "ada",
        code: String? = nil,
        password: String = newPassword
    ) async throws -> Answer {
        let code = try code ?? cognito.outbox.code()
        let more: Members = ["ConfirmationCode": code, "Password": password]
        return await cognito.call(ConfirmForgotPassword.self, cognito.byClient(name, more))
    }
}
