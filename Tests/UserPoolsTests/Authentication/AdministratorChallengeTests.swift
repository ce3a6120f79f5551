import CognitoModel
import Testing
import UserPools

/// AdminRespondToAuthChallenge: the rules of a sign-in are the same, whoever carries it.
@Suite struct AdministratorChallengeTests {
    @Test(
        "a password that isn't taken",
        arguments: [
            ("short", Refusal.passwordTooShort), (Cognito.password, .passwordUsedBefore),
            ("An0ther!one", nil),
        ] as [(String, Refusal?)]
    )
    func passwords(password: String, refusal: Refusal?) async throws {
        try await Cognito.run(pool: ["Policies": ["PasswordPolicy": ["PasswordHistorySize": 3]]]) { cognito in
            try await cognito.addInvitedUser()
            let responses = ["USERNAME": "ada", "NEW_PASSWORD": password]
            #expect(try await answer(cognito, responses).refusal == refusal)
        }
    }

    @Test("an alias that is somebody else's")
    func alias() async throws {
        try await Cognito.run(pool: ["AliasAttributes": ["preferred_username"]]) { cognito in
            try await cognito.addInvitedUser("other", attributes: ["preferred_username": "al"])
            try await cognito.addInvitedUser()
            let responses = [
                "USERNAME": "ada", "NEW_PASSWORD": "An0ther!one", "userAttributes.preferred_username": "al",
            ]
            #expect(try await answer(cognito, responses).refusal == .aliasExists("preferred_username"))
        }
    }

    @Test("a wrong code, and then the right one")
    func code() async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            let begun = await cognito.administer("USER_AUTH", ["USERNAME": "ada", "PREFERRED_CHALLENGE": "EMAIL_OTP"])
            let session = try begun.text("Session")
            let code = try cognito.outbox.code()
            for (typed, refusal) in [("00000000", .wrongCode), (code, nil)] as [(String, Refusal?)] {
                let responses = ["USERNAME": "ada", "EMAIL_OTP_CODE": typed]
                let answer = await cognito.respondAsAdministrator("EMAIL_OTP", responses, session: session)
                #expect(answer.refusal == refusal)
            }
        }
    }

    /// Signs an invited user in and answers NEW_PASSWORD_REQUIRED.
    private func answer(_ cognito: Cognito, _ responses: [String: String]) async throws -> Answer {
        let parameters = ["USERNAME": "ada", "PASSWORD": Cognito.password]
        let asked = await cognito.administer("ADMIN_USER_PASSWORD_AUTH", parameters)
        return await cognito.respondAsAdministrator(
            "NEW_PASSWORD_REQUIRED",
            responses,
            session: try asked.text("Session")
        )
    }
}
