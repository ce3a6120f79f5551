import CognitoModel
import Testing
import UserPools

/// EMAIL_OTP and SMS_OTP.
@Suite struct CodeChallengeTests {
    @Test(
        "eight digits go to the verified address",
        arguments: [
            ("EMAIL_OTP", "ada@example.com", "a***@e***", "EMAIL"),
            ("SMS_OTP", "+15551234567", "+*******4567", "SMS"),
        ]
    )
    func good(challenge: String, address: String, masked: String, medium: String) async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser(attributes: ChoiceTests.verified)
            let asked = await begin(cognito, challenge: challenge)
            #expect(asked.string("ChallengeName") == challenge)
            #expect(asked.string("ChallengeParameters.CODE_DELIVERY_DESTINATION") == masked)
            #expect(asked.string("ChallengeParameters.CODE_DELIVERY_DELIVERY_MEDIUM") == medium)
            let code = try cognito.outbox.code(to: address)
            #expect(code.count == 8 && code.allSatisfy(\.isNumber))
            let end = medium == "SMS" ? ". " : ""
            #expect(cognito.outbox.bodies == ["Your authentication code is \(code)\(end)"])
            let session = try asked.text("Session")
            let missing = await cognito.respond(challenge, ["USERNAME": "ada"], session: session)
            #expect(missing.refusal == .missing("\(challenge)_CODE"))
            _ = try Tokens(await answer(cognito, session, code, challenge))
        }
    }

    @Test("a wrong code may be put right, four times in a session")
    func tries() async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            for wrong in [4, 5] {
                let session = try await begin(cognito).text("Session")
                let code = try cognito.outbox.code()
                for _ in 0..<wrong { #expect(await answer(cognito, session, "no").refusal == .wrongCode) }
                #expect(await answer(cognito, session, code).refusal == (wrong == 5 ? .wrongCode : nil))
            }
            // The user isn't locked by it.
            let session = try await begin(cognito).text("Session")
            #expect(await answer(cognito, session, try cognito.outbox.code()).refusal == nil)
        }
    }

    @Test("a code serves the session that it was sent for")
    func bound() async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            let first = try await begin(cognito).text("Session")
            let firstCode = try cognito.outbox.code()
            let second = try await begin(cognito).text("Session")
            let secondCode = try cognito.outbox.code()
            #expect(await answer(cognito, second, firstCode).refusal == .wrongCode)
            #expect(await answer(cognito, first, secondCode).refusal == .wrongCode)
            #expect(await answer(cognito, first, firstCode).refusal == nil)
            #expect(await answer(cognito, second, secondCode).refusal == nil)
        }
    }

    @Test("the code of a text isn't one of a mail")
    func kinds() async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser(attributes: ChoiceTests.verified)
            let session = try await begin(cognito).text("Session")
            _ = await begin(cognito, challenge: "SMS_OTP")
            let text = try cognito.outbox.code(to: "+15551234567")
            #expect(await answer(cognito, session, text).refusal == .wrongCode)
        }
    }

    @Test("twenty are sent in the hour that begins with the first, to everybody and nobody", arguments: [true, false])
    func limit(exists: Bool) async throws {
        let client: Members = ["PreventUserExistenceErrors": "ENABLED"]
        try await Cognito.run(pool: Cognito.choice, client: client) { cognito in
            let name = exists ? "ada" : try await cognito.nobody()
            if exists { try await cognito.addUser() }
            for _ in 0..<20 {
                #expect(await begin(cognito, name).refusal == nil)
                cognito.clock.advance(.minutes(2))
            }
            #expect(await begin(cognito, name).refusal == .rateExceeded)
            cognito.clock.advance(.minutes(20) - .instant)
            #expect(await begin(cognito, name).refusal == .rateExceeded)
            cognito.clock.advance(.instant)
            #expect(await begin(cognito, name).refusal == nil)
            #expect(cognito.outbox.messages.count == (exists ? 21 : 0))
        }
    }

    @Test("nobody's codes are wrong, as often as a user's")
    func nobody() async throws {
        let client: Members = ["PreventUserExistenceErrors": "ENABLED"]
        try await Cognito.run(pool: Cognito.choice, client: client) { cognito in
            let name = try await cognito.nobody()
            let asked = await begin(cognito, name)
            let destination = asked.string("ChallengeParameters.CODE_DELIVERY_DESTINATION")
            #expect(destination?.contains(/^.\*{3}@.\*{3}$/) == true)
            let session = try asked.text("Session")
            for _ in 0..<7 {
                let responses = ["USERNAME": name, "EMAIL_OTP_CODE": "12345678"]
                #expect(await cognito.respond("EMAIL_OTP", responses, session: session).refusal == .wrongCode)
            }
        }
    }

    @Test("a code that went to an address that is the user's no more lets nobody in")
    func changedAddress() async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            let session = try await begin(cognito).text("Session")
            let code = try cognito.outbox.code()
            try await cognito.setAttributes(["email": "new@example.com", "email_verified": "true"])
            #expect(await answer(cognito, session, code).refusal == .invalidSession)
        }
    }

    @Test("a message that can't be handed over is no right answer, and the operations declare an internal one for it")
    func undelivered() async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            cognito.outbox.fail()
            #expect(await begin(cognito).refusal == .internalError)
            let session = try await cognito.initiate("USER_AUTH", ["USERNAME": "ada"]).text("Session")
            let choice = ["USERNAME": "ada", "ANSWER": "EMAIL_OTP"]
            #expect(await cognito.respond("SELECT_CHALLENGE", choice, session: session).refusal == .internalError)
        }
    }

    private func begin(
        _ cognito: Cognito,
        _ name: String = "ada",
        challenge: String = "EMAIL_OTP"
    ) async -> Answer {
        await cognito.initiate("USER_AUTH", ["USERNAME": name, "PREFERRED_CHALLENGE": challenge])
    }

    private func answer(
        _ cognito: Cognito,
        _ session: String,
        _ code: String,
        _ challenge: String = "EMAIL_OTP"
    ) async -> Answer {
        await cognito.respond(challenge, ["USERNAME": "ada", "\(challenge)_CODE": code], session: session)
    }
}
