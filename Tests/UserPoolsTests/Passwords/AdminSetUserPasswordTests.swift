import CognitoModel
import Testing
import UserPools

@Suite struct AdminSetUserPasswordTests {
    @Test("a permanent password lets the user in, whatever they were", arguments: [true, false])
    func permanent(signedUp: Bool) async throws {
        try await Cognito.run { cognito in
            if signedUp { try await cognito.signUp() } else { try await cognito.addInvitedUser() }
            #expect(await set(cognito, "N3w!word", permanent: true).refusal == nil)
            #expect(try await cognito.user().string("UserStatus") == "CONFIRMED")
            #expect(await cognito.signIn().refusal == .wrongPassword)
            #expect(await cognito.signIn(password: "N3w!word").refusal == nil)
        }
    }

    @Test("one that isn't permanent must be changed at the next sign-in", arguments: [false, nil])
    func temporary(permanent: Bool?) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            #expect(await set(cognito, "N3w!word", permanent: permanent).refusal == nil)
            #expect(try await cognito.user().string("UserStatus") == "FORCE_CHANGE_PASSWORD")
            let answer = await cognito.signIn(password: "N3w!word")
            #expect(answer.string("ChallengeName") == "NEW_PASSWORD_REQUIRED")
        }
    }

    @Test("it must be one that the policy takes")
    func policy() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            #expect(await set(cognito, "short", permanent: true).refusal == .passwordTooShort)
            #expect(await cognito.signIn().refusal == nil)
        }
    }

    @Test("and none of the history's")
    func history() async throws {
        try await Cognito.run(pool: ["Policies": ["PasswordPolicy": ["PasswordHistorySize": 1]]]) { cognito in
            try await cognito.addUser()
            #expect(await set(cognito, Cognito.password, permanent: true).refusal == .passwordUsedBefore)
            cognito.clock.advance(.instant)
            #expect(await set(cognito, "N3w!word", permanent: true).refusal == nil)
        }
    }

    private func set(_ cognito: Cognito, _ password: String, permanent: Bool?) async -> Answer {
        await cognito.call(
            AdminSetUserPassword.self,
            cognito.named("ada", ["Password": password, "Permanent": permanent])
        )
    }
}
