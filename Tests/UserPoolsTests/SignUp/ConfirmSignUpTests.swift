import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

@Suite struct ConfirmSignUpTests {
    @Test("confirms the user and verifies the address that the code went to", arguments: TestEngine.allCases)
    func good(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.signUp()
            #expect(try await confirm(cognito).refusal == nil)
            let user = try await cognito.user()
            #expect(user.string("UserStatus") == "CONFIRMED")
            #expect(user.attributes()["email_verified"] == "true")
            #expect(try await confirm(cognito).refusal == .cannotConfirm("CONFIRMED"))
        }
    }

    @Test("a code is good for 24 hours", arguments: [true, false])
    func lifetime(isLate: Bool) async throws {
        try await Cognito.run { cognito in
            try await cognito.signUp()
            cognito.clock.advance(isLate ? .hours(24) : .hours(24) - .instant)
            #expect(try await confirm(cognito).refusal == (isLate ? .codeExpired : nil))
        }
    }

    @Test("without a code that was sent, any is expired")
    func noCode() async throws {
        try await Cognito.run(pool: ["AutoVerifiedAttributes": [] as [String]]) { cognito in
            try await cognito.signUp()
            #expect(try await confirm(cognito, "123456").refusal == .codeExpired)
        }
    }

    @Test("of wrong codes fifteen are looked at in the hour that begins with the first")
    func limit() async throws {
        try await Cognito.run { cognito in
            try await cognito.signUp()
            for _ in 0..<15 {
                #expect(try await confirm(cognito, "no").refusal == .codeMismatch)
                cognito.clock.advance(.minutes(3))
            }
            #expect(try await confirm(cognito).refusal == .limitExceeded)
            cognito.clock.advance(.minutes(15) - .instant)
            #expect(try await confirm(cognito).refusal == .limitExceeded)
            cognito.clock.advance(.instant)
            #expect(try await confirm(cognito).refusal == nil)
        }
    }

    @Test("a code that went to an address that is the user's no more confirms nothing")
    func changedAddress() async throws {
        try await Cognito.run { cognito in
            try await cognito.signUp()
            let code = try cognito.outbox.code(to: "ada@example.com")
            try await cognito.ok(
                AdminUpdateUserAttributes.self,
                [
                    "UserPoolId": cognito.pool, "Username": "ada",
                    "UserAttributes": attributes(["email": "new@example.com"]),
                ]
            )
            #expect(try await confirm(cognito, code).refusal == .codeExpired)
            try await cognito.ok(ResendConfirmationCode.self, cognito.byClient())
            let newer = try cognito.outbox.code(to: "new@example.com")
            #expect(try await confirm(cognito, newer).refusal == nil)
            #expect(try await cognito.user().attributes()["email_verified"] == "true")
        }
    }

    @Test("whom an administrator made can't be confirmed")
    func wrongStatus() async throws {
        try await Cognito.run { cognito in
            try await cognito.addInvitedUser()
            #expect(try await confirm(cognito, "123456").refusal == .cannotConfirm("FORCE_CHANGE_PASSWORD"))
        }
    }

    @Test("a name that nobody has is told, or treated as somebody's", arguments: ["LEGACY", "ENABLED"])
    func unknownUser(prevents: String) async throws {
        try await Cognito.run(client: ["PreventUserExistenceErrors": prevents]) { cognito in
            let isHidden = prevents == "ENABLED"
            let name = try await cognito.nobody(.unconfirmed)
            let named: Members = ["Username": name]
            let first = try await confirm(cognito, "123456", named)
            #expect(first.refusal == (isHidden ? .codeExpired : .noUserForClient))
            guard isHidden else { return }
            try await cognito.ok(ResendConfirmationCode.self, cognito.byClient(name))
            for _ in 0..<15 { #expect(try await confirm(cognito, "no", named).refusal == .codeMismatch) }
            #expect(try await confirm(cognito, "no", named).refusal == .limitExceeded)
            let sent: Members = ["Username": try await cognito.nobody(.unconfirmed, wasSentCode: true)]
            for _ in 0..<15 { #expect(try await confirm(cognito, "no", sent).refusal == .codeMismatch) }
            #expect(try await confirm(cognito, "no", sent).refusal == .limitExceeded)
            let confirmed = try await confirm(cognito, "no", ["Username": try await cognito.nobody()])
            #expect(confirmed.refusal == .cannotConfirm("CONFIRMED"))
        }
    }

    @Test("nobody seems to have been sent a code where a user would have no address for one")
    func noAddress() async throws {
        let settings: Members = ["AutoVerifiedAttributes": ["phone_number"]]
        let client: Members = ["PreventUserExistenceErrors": "ENABLED"]
        try await Cognito.run(pool: settings, client: client) { cognito in
            for number in 0..<400 {
                let named: Members = ["Username": "nobody\(number)"]
                let isReachable =
                    await cognito.call(
                        ResendConfirmationCode.self,
                        ["ClientId": cognito.client.id, "Username": "nobody\(number)"]
                    ).refusal == nil
                if isReachable { continue }
                let answer = try await confirm(cognito, "no", named)
                #expect(answer.refusal != .codeMismatch)
            }
        }
    }

    @Test("an alias that somebody else has is refused, unless it is taken from them", arguments: [true, false])
    func alias(force: Bool) async throws {
        try await Cognito.run(pool: ["AliasAttributes": ["email"]]) { cognito in
            try await cognito.addUser("owner", attributes: ["email": "ada@example.com", "email_verified": "true"])
            try await cognito.signUp()
            let answer = try await confirm(cognito, ["ForceAliasCreation": force])
            #expect(answer.refusal == (force ? nil : .aliasExists("email")))
            let name = try await cognito.user("ada@example.com").string("Username")
            #expect(name == (force ? "ada" : "owner"))
            #expect(try await cognito.user("owner").attributes()["email_verified"] == "\(!force)")
            // Who was refused may try the same code again.
            if !force { #expect(try await confirm(cognito, ["ForceAliasCreation": true]).refusal == nil) }
        }
    }

    @Test("of many at once with the right code one confirms", arguments: TestEngine.allCases)
    func burst(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.signUp()
            let code = try cognito.outbox.code()
            let answers = try await concurrently(8) { _ in try await confirm(cognito, code) }.map { try $0.get() }
            #expect(answers.count { $0.refusal == nil } == 1)
            let losers: Set<Refusal?> = [.cannotConfirm("CONFIRMED"), .codeExpired]
            #expect(answers.filter { $0.refusal != nil }.allSatisfy { losers.contains($0.refusal) })
        }
    }

    private func confirm(_ cognito: Cognito, _ code: String? = nil, _ more: Members = [:]) async throws -> Answer {
        let basis: Members = [
            "ClientId": cognito.client.id, "Username": "ada",
            "ConfirmationCode": try code ?? cognito.outbox.code(),
        ]
        return await cognito.call(ConfirmSignUp.self, basis.with(more))
    }

    private func confirm(_ cognito: Cognito, _ more: Members) async throws -> Answer {
        try await confirm(cognito, nil, more)
    }
}
