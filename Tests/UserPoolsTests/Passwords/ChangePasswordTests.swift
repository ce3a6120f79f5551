import CognitoModel
import Testing
import UserPools

@Suite struct ChangePasswordTests {
    static let newPassword = "An0ther!one"

    @Test("changes the password, and the sign-in stands")
    func good() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            #expect(await change(cognito, token).refusal == nil)
            #expect(await cognito.signIn().refusal == .wrongPassword)
            #expect(await cognito.signIn(password: Self.newPassword).refusal == nil)
            #expect(await cognito.call(GetUser.self, ["AccessToken": token]).refusal == nil)
        }
    }

    @Test("what a change is refused for leaves the password")
    func refused() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            #expect(await change(cognito, token, from: "Wr0ng!one").refusal == .wrongPassword)
            #expect(await change(cognito, token, from: nil).refusal == .missing("PreviousPassword"))
            #expect(await change(cognito, token, to: "short").refusal == .passwordTooShort)
            #expect(await cognito.signIn().refusal == nil)
        }
    }

    @Test("five are tried in the hour that begins with the first, over all sign-ins of the user")
    func limit() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            try await cognito.addUser("bob")
            let client: Members = ["AccessTokenValidity": 1, "TokenValidityUnits": ["AccessToken": "days"]]
            try await cognito.update(cognito.client, client)
            let tokens = [try await cognito.signedIn().access, try await cognito.signedIn().access]
            for number in 0..<5 {
                #expect(await change(cognito, tokens[number % 2], from: "Wr0ng!one").refusal == .wrongPassword)
                cognito.clock.advance(.minutes(7))
            }
            for token in tokens { #expect(await change(cognito, token).refusal == .limitExceeded) }
            cognito.clock.advance(.minutes(25) - .instant)
            for token in tokens { #expect(await change(cognito, token).refusal == .limitExceeded) }
            let other = try await cognito.signedIn("bob").access
            #expect(await change(cognito, other).refusal == nil)
            cognito.clock.advance(.instant)
            #expect(await change(cognito, tokens[1]).refusal == nil)
        }
    }

    @Test("the newest passwords of the history can't be taken again")
    func history() async throws {
        try await Cognito.run(pool: ["Policies": ["PasswordPolicy": ["PasswordHistorySize": 2]]]) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let passwords = [Cognito.password, "An0ther!one", "A-th1rd!one"]
            #expect(await change(cognito, token, to: passwords[0]).refusal == .passwordUsedBefore)
            cognito.clock.advance(.instant)
            #expect(await change(cognito, token, to: passwords[1]).refusal == nil)
            cognito.clock.advance(.instant)
            let back = await change(cognito, token, from: passwords[1], to: passwords[0])
            #expect(back.refusal == .passwordUsedBefore)
            #expect(await change(cognito, token, from: passwords[1], to: passwords[2]).refusal == nil)
            cognito.clock.advance(.hours(1))
            let fresh = try await cognito.signedIn(password: passwords[2]).access
            #expect(await change(cognito, fresh, from: passwords[2], to: passwords[0]).refusal == nil)
        }
    }

    @Test("a user without a password sets one without telling one")
    func passwordless() async throws {
        let factors: Members = ["SignInPolicy": ["AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]]]
        try await Cognito.run(pool: ["Policies": factors]) { cognito in
            try await cognito.addInvitedUser(password: nil)
            let asked = await cognito.initiate("USER_AUTH", ["USERNAME": "ada", "PREFERRED_CHALLENGE": "EMAIL_OTP"])
            let code = try cognito.outbox.code()
            let session = try asked.text("Session")
            let answer = await cognito.respond(
                "EMAIL_OTP",
                ["USERNAME": "ada", "EMAIL_OTP_CODE": code],
                session: session
            )
            let token = try Tokens(answer).access
            #expect(await change(cognito, token, from: nil).refusal == nil)
            #expect(await cognito.signIn(password: Self.newPassword).refusal == nil)
            #expect(await change(cognito, token, from: nil).refusal == .missing("PreviousPassword"))
        }
    }

    private func change(
        _ cognito: Cognito,
        _ token: String,
        from old: String? = Cognito.password,
        to new: String = newPassword
    ) async -> Answer {
        await cognito.call(
            ChangePassword.self,
            ["AccessToken": token, "PreviousPassword": old, "ProposedPassword": new]
        )
    }
}
