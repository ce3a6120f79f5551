import CognitoModel
import Testing
import UserPools

@Suite struct ResendConfirmationCodeTests {
    @Test("sends another code, and the earlier one is void")
    func good() async throws {
        try await Cognito.run { cognito in
            try await cognito.signUp()
            let first = try cognito.outbox.code()
            let answer = await resend(cognito)
            #expect(answer.string("CodeDeliveryDetails.Destination") == "a***@e***")
            #expect(answer.string("CodeDeliveryDetails.AttributeName") == "email")
            let second = try cognito.outbox.code(to: "ada@example.com")
            #expect(cognito.outbox.messages.count == 2 && second.count == 6)
            if first != second { #expect(await confirm(cognito, first).refusal == .codeMismatch) }
            #expect(await confirm(cognito, second).refusal == nil)
            #expect(await resend(cognito).refusal == .invalid("User is already confirmed."))
        }
    }

    @Test("the new code has its own 24 hours", arguments: [true, false])
    func lifetime(isLate: Bool) async throws {
        try await Cognito.run { cognito in
            try await cognito.signUp()
            cognito.clock.advance(.hours(23))
            #expect(await resend(cognito).refusal == nil)
            cognito.clock.advance(isLate ? .hours(24) : .hours(24) - .instant)
            let answer = await confirm(cognito, try cognito.outbox.code())
            #expect(answer.refusal == (isLate ? .codeExpired : nil))
        }
    }

    @Test(
        "five are sent in the hour that begins with the first, whether there is such a user or not",
        arguments: [true, false]
    )
    func limit(exists: Bool) async throws {
        try await Cognito.run(client: ["PreventUserExistenceErrors": "ENABLED"]) { cognito in
            let name = exists ? "ada" : try await cognito.nobody(.unconfirmed)
            if exists { try await cognito.signUp() }
            for _ in 0..<5 {
                #expect(await resend(cognito, name).refusal == nil)
                cognito.clock.advance(.minutes(10))
            }
            #expect(await resend(cognito, name).refusal == .limitExceeded)
            cognito.clock.advance(.minutes(10) - .instant)
            #expect(await resend(cognito, name).refusal == .limitExceeded)
            cognito.clock.advance(.instant)
            #expect(await resend(cognito, name).refusal == nil)
            #expect(cognito.outbox.messages.count == (exists ? 7 : 0))
        }
    }

    @Test("a user whose address isn't verified by itself gets none")
    func noAddress() async throws {
        try await Cognito.run(pool: ["AutoVerifiedAttributes": [] as [String]]) { cognito in
            try await cognito.signUp()
            let answer = await resend(cognito)
            #expect(answer.refusal == .invalid("Cannot resend codes. Auto verification not turned on."))
        }
    }

    @Test("a name that nobody has is told, or treated as somebody's", arguments: ["LEGACY", "ENABLED"])
    func unknownUser(prevents: String) async throws {
        try await Cognito.run(client: ["PreventUserExistenceErrors": prevents]) { cognito in
            let name = try await cognito.nobody(.unconfirmed)
            let answer = await resend(cognito, name)
            guard prevents == "ENABLED" else {
                #expect(answer.refusal == .noUserForClient)
                return
            }
            #expect(answer.string("CodeDeliveryDetails.Destination")?.contains(/^.\*{3}@.\*{3}$/) == true)
            #expect(answer.string("CodeDeliveryDetails.DeliveryMedium") == "EMAIL")
            #expect(await resend(cognito, name).json == answer.json)
            #expect(cognito.outbox.messages.isEmpty)
            let confirmed = await resend(cognito, try await cognito.nobody())
            #expect(confirmed.refusal == .invalid("User is already confirmed."))
        }
    }

    @Test("a message that can't be handed over is told")
    func undelivered() async throws {
        try await Cognito.run { cognito in
            try await cognito.signUp()
            cognito.outbox.fail()
            #expect(await resend(cognito).refusal == .undelivered)
        }
    }

    private func resend(_ cognito: Cognito, _ name: String = "ada") async -> Answer {
        await cognito.call(ResendConfirmationCode.self, cognito.byClient(name))
    }

    private func confirm(_ cognito: Cognito, _ code: String) async -> Answer {
        await cognito.call(
            ConfirmSignUp.self,
            ["ClientId": cognito.client.id, "Username": "ada", "ConfirmationCode": code]
        )
    }
}
