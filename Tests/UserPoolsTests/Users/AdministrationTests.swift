import CognitoModel
import Testing
import UserPools

/// AdminGetUser, AdminDisableUser, AdminEnableUser, AdminDeleteUser, and the user's own DeleteUser.
@Suite struct AdministrationTests {
    @Test("a user is found by name, by sub and by alias")
    func get() async throws {
        try await Cognito.run(pool: ["AliasAttributes": ["email"]]) { cognito in
            try await cognito.addUser()
            cognito.clock.advance(.seconds(5))
            try await cognito.setAttributes(["name": "Ada"])
            let byName = try await cognito.user("ada")
            let sub = try #require(byName.attributes()["sub"])
            #expect(byName.string("Username") == "ada" && byName.string("UserStatus") == "CONFIRMED")
            #expect(byName["Enabled"] == .boolean(true))
            let now = Double(cognito.clock.now.seconds)
            #expect(byName["UserCreateDate"] == .number(now - 5))
            #expect(byName["UserLastModifiedDate"] == .number(now))
            #expect(byName.attributes().keys.sorted() == ["email", "email_verified", "name", "sub"])
            for name in [sub, "ada@example.com"] { #expect(try await cognito.user(name).json == byName.json) }
        }
    }

    @Test("an address that isn't verified is no name")
    func unverifiedAlias() async throws {
        try await Cognito.run(pool: ["AliasAttributes": ["email"]]) { cognito in
            try await cognito.addUser()
            try await cognito.setAttributes(["email": "new@example.com"])
            for name in ["ada@example.com", "new@example.com"] {
                #expect(await cognito.call(AdminGetUser.self, cognito.named(name)).refusal == .noUser)
            }
        }
    }

    @Test("who is disabled is locked out until they are enabled")
    func disable() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            #expect(await cognito.call(AdminDisableUser.self, cognito.named()).refusal == nil)
            #expect(try await cognito.user()["Enabled"] == .boolean(false))
            #expect(await cognito.signIn().refusal == .disabled)
            #expect(await cognito.signIn(password: "Wr0ng!one").refusal == .wrongPassword)
            let refresh = ["REFRESH_TOKEN": tokens.refresh]
            #expect(await cognito.initiate("REFRESH_TOKEN_AUTH", refresh).refusal == .refreshTokenRevoked)
            #expect(await cognito.call(AdminEnableUser.self, cognito.named()).refusal == nil)
            #expect(try await cognito.user()["Enabled"] == .boolean(true))
            #expect(await cognito.signIn().refusal == nil)
            #expect(await cognito.initiate("REFRESH_TOKEN_AUTH", refresh).refusal == .refreshTokenRevoked)
        }
    }

    @Test("who is deleted is gone with all that was theirs, and the name is free", arguments: [true, false])
    func delete(byThemselves: Bool) async throws {
        try await Cognito.run(pool: ["AliasAttributes": ["email"]]) { cognito in
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            let sub = try await cognito.user().attributes()["sub"]
            let answer =
                byThemselves
                ? await cognito.call(DeleteUser.self, ["AccessToken": tokens.access])
                : await cognito.call(AdminDeleteUser.self, cognito.named())
            #expect(answer.refusal == nil && answer.json == nil)
            #expect(await cognito.call(AdminGetUser.self, cognito.named()).refusal == .noUser)
            #expect(await cognito.call(GetUser.self, ["AccessToken": tokens.access]).refusal == .noUser)
            let refresh = await cognito.initiate("REFRESH_TOKEN_AUTH", ["REFRESH_TOKEN": tokens.refresh])
            #expect(refresh.refusal == .invalidRefreshToken)
            try await cognito.addUser()
            #expect(try await cognito.user("ada@example.com").attributes()["sub"] != sub)
        }
    }

    @Test("whoever takes the name of a deleted user doesn't inherit codes or limits")
    func inheritance() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            for _ in 0..<5 { try await cognito.ok(ForgotPassword.self, cognito.byClient()) }
            let code = try cognito.outbox.code()
            try await cognito.ok(AdminDeleteUser.self, cognito.named())
            try await cognito.addUser()
            let more: Members = ["ConfirmationCode": code, "Password": "An0ther!one"]
            let answer = await cognito.call(ConfirmForgotPassword.self, cognito.byClient("ada", more))
            #expect(answer.refusal == .codeExpired)
            #expect(await cognito.call(ForgotPassword.self, cognito.byClient()).refusal == nil)
        }
    }

    @Test("a user reads what the client may read")
    func getUser() async throws {
        try await Cognito.run(client: ["ReadAttributes": ["name"]]) { cognito in
            try await cognito.addUser(attributes: ["email": "ada@example.com", "name": "Ada"])
            let token = try await cognito.signedIn().access
            let answer = await cognito.call(GetUser.self, ["AccessToken": token])
            #expect(answer.string("Username") == "ada")
            #expect(answer.attributes().keys.sorted() == ["name", "sub"])
            try await cognito.update(cognito.client, ["ReadAttributes": ["email"]])
            let later = await cognito.call(GetUser.self, ["AccessToken": token])
            #expect(later.attributes().keys.sorted() == ["email", "sub"])
        }
    }
}
