import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// What GetUserAttributeVerificationCode and VerifyUserAttribute answer.
@Suite struct VerificationTests {
    @Test(
        "a code is sent to either address",
        arguments: [("email", "a***@e***", "EMAIL"), ("phone_number", "+*******4567", "SMS")]
    )
    func details(name: String, destination: String, medium: String) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser(attributes: ["email": "ada@example.com", "phone_number": "+15551234567"])
            let token = try await cognito.signedIn().access
            let answer = await send(cognito, token, name)
            #expect(answer.string("CodeDeliveryDetails.Destination") == destination)
            #expect(answer.string("CodeDeliveryDetails.DeliveryMedium") == medium)
            #expect(answer.string("CodeDeliveryDetails.AttributeName") == name)
            let code = try cognito.outbox.code()
            let other = name == "email" ? "phone_number" : "email"
            #expect(await verify(cognito, token, other, code).refusal == .codeExpired)
            #expect(await verify(cognito, token, name, code).refusal == nil)
            #expect(try await cognito.user().attributes()["\(name)_verified"] == "true")
        }
    }

    @Test("only addresses can be verified, and only such as there are")
    func refused() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let notAddress = Refusal.invalid("name can't be verified by a code.")
            #expect(await send(cognito, token, "name").refusal == notAddress)
            #expect(await verify(cognito, token, "name", "123456").refusal == notAddress)
            let absent = Refusal.invalid("User has no phone_number to verify.")
            #expect(await send(cognito, token, "phone_number").refusal == absent)
            #expect(await verify(cognito, token, "email", "123456").refusal == .codeExpired)
        }
    }

    @Test("a message that can't be handed over is told")
    func undelivered() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            cognito.outbox.fail()
            #expect(await send(cognito, token, "email").refusal == .undelivered)
            let changes: Members = ["AccessToken": token, "UserAttributes": attributes(["email": "new@example.com"])]
            #expect(await cognito.call(UpdateUserAttributes.self, changes).refusal == .undelivered)
        }
    }

    @Test("to an administrator, whose operation declares no error for that, it is an internal one")
    func undeliveredByAdministrator() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            cognito.outbox.fail()
            let changes = cognito.named("ada", ["UserAttributes": attributes(["email": "new@example.com"])])
            #expect(await cognito.call(AdminUpdateUserAttributes.self, changes).refusal == .internalError)
        }
    }

    @Test("of many at once with the right code one verifies", arguments: TestEngine.allCases)
    func burst(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            #expect(await send(cognito, token, "email").refusal == nil)
            let code = try cognito.outbox.code()
            let answers = try await concurrently(8) { _ in await verify(cognito, token, "email", code) }
                .map { try $0.get() }
            #expect(answers.count { $0.refusal == nil } == 1)
            #expect(answers.count { $0.refusal == .codeExpired } == 7)
        }
    }

    private func send(_ cognito: Cognito, _ token: String, _ name: String) async -> Answer {
        let named: Members = ["AccessToken": token, "AttributeName": name]
        return await cognito.call(GetUserAttributeVerificationCode.self, named)
    }

    private func verify(_ cognito: Cognito, _ token: String, _ name: String, _ code: String) async -> Answer {
        let named: Members = ["AccessToken": token, "AttributeName": name, "Code": code]
        return await cognito.call(VerifyUserAttribute.self, named)
    }
}
