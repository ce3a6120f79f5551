import CognitoModel
import Testing
import UserPools

@Suite struct AdminConfirmSignUpTests {
    @Test("confirms without a code, and verifies nothing")
    func good() async throws {
        try await Cognito.run { cognito in
            try await cognito.signUp()
            #expect(await cognito.signIn().refusal == .notConfirmed)
            #expect(await confirm(cognito).refusal == nil)
            let user = try await cognito.user()
            #expect(user.string("UserStatus") == "CONFIRMED")
            #expect(user.attributes()["email_verified"] == "false")
            #expect(await cognito.signIn().refusal == nil)
            #expect(await confirm(cognito).refusal == .cannotConfirm("CONFIRMED"))
        }
    }

    @Test("the code of the sign-up is of no use afterwards")
    func codeAfterwards() async throws {
        try await Cognito.run { cognito in
            try await cognito.signUp()
            #expect(await confirm(cognito).refusal == nil)
            let code = try cognito.outbox.code()
            let answer = await cognito.call(
                ConfirmSignUp.self,
                ["ClientId": cognito.client.id, "Username": "ada", "ConfirmationCode": code]
            )
            #expect(answer.refusal == .cannotConfirm("CONFIRMED"))
        }
    }

    @Test("there must be such a user, who signed up")
    func refused() async throws {
        try await Cognito.run { cognito in
            #expect(await confirm(cognito).refusal == .noUser)
            try await cognito.addInvitedUser()
            #expect(await confirm(cognito).refusal == .cannotConfirm("FORCE_CHANGE_PASSWORD"))
        }
    }

    private func confirm(_ cognito: Cognito) async -> Answer {
        await cognito.call(AdminConfirmSignUp.self, ["UserPoolId": cognito.pool, "Username": "ada"])
    }
}
