import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// New addresses and the codes that verify them: UpdateUserAttributes, GetUserAttributeVerificationCode and
/// VerifyUserAttribute.
@Suite struct AddressTests {
    static let dayLong: Members = ["AccessTokenValidity": 1, "TokenValidityUnits": ["AccessToken": "days"]]

    @Test("a new address isn't verified, gets six digits, and is verified by them", arguments: TestEngine.allCases)
    func good(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: ["AliasAttributes": ["email"]]) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let answer = await change(cognito, token, "new@example.com")
            let details = try #require(answer.list("CodeDeliveryDetailsList").first)
            #expect(details["Destination"] == .string("n***@e***"))
            #expect(details["DeliveryMedium"] == .string("EMAIL") && details["AttributeName"] == .string("email"))
            #expect(try await cognito.user().attributes()["email_verified"] == "false")
            let code = try cognito.outbox.code(to: "new@example.com")
            #expect(code.count == 6)
            #expect(await verify(cognito, token, "no").refusal == .codeMismatch)
            #expect(await verify(cognito, token, code).refusal == nil)
            #expect(try await cognito.user("new@example.com").attributes()["email_verified"] == "true")
            #expect(await verify(cognito, token, code).refusal == .codeExpired)
        }
    }

    @Test("where verification comes first, the old address stays until then")
    func waiting() async throws {
        let settings: Members = ["AttributesRequireVerificationBeforeUpdate": ["email"]]
        try await Cognito.run(pool: ["UserAttributeUpdateSettings": settings]) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            #expect(await change(cognito, token, "new@example.com").refusal == nil)
            let before = try await cognito.user().attributes()
            #expect(before["email"] == "ada@example.com" && before["email_verified"] == "true")
            #expect(await verify(cognito, token, try cognito.outbox.code(to: "new@example.com")).refusal == nil)
            let after = try await cognito.user().attributes()
            #expect(after["email"] == "new@example.com" && after["email_verified"] == "true")
        }
    }

    @Test("a code is good for 24 hours, whichever operation sent it", arguments: [true, false], [true, false])
    func lifetime(isLate: Bool, onDemand: Bool) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let first = try await cognito.signedIn().access
            let sent = onDemand ? await send(cognito, first) : await change(cognito, first, "new@example.com")
            #expect(sent.refusal == nil)
            cognito.clock.advance(isLate ? .hours(24) : .hours(24) - .instant)
            let token = try await cognito.signedIn().access
            let answer = await verify(cognito, token, try cognito.outbox.code())
            #expect(answer.refusal == (isLate ? .codeExpired : nil))
        }
    }

    @Test("of wrong codes fifteen are looked at in the hour that begins with the first, over all sign-ins")
    func attempts() async throws {
        try await Cognito.run(client: Self.dayLong) { cognito in
            try await cognito.addUser()
            let tokens = [try await cognito.signedIn().access, try await cognito.signedIn().access]
            #expect(await send(cognito, tokens[0]).refusal == nil)
            for number in 0..<15 {
                #expect(await verify(cognito, tokens[number % 2], "no").refusal == .codeMismatch)
                cognito.clock.advance(.minutes(2))
            }
            let code = try cognito.outbox.code()
            for token in tokens { #expect(await verify(cognito, token, code).refusal == .limitExceeded) }
            cognito.clock.advance(.minutes(30) - .instant)
            #expect(await verify(cognito, tokens[0], code).refusal == .limitExceeded)
            cognito.clock.advance(.instant)
            #expect(await verify(cognito, tokens[0], code).refusal == nil)
        }
    }

    @Test("five codes are sent in the hour that begins with the first, on demand and for new addresses together")
    func messages() async throws {
        try await Cognito.run(client: Self.dayLong) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            for number in 0..<5 {
                let answer =
                    number % 2 == 0
                    ? await send(cognito, token) : await change(cognito, token, "new\(number)@example.com")
                #expect(answer.refusal == nil)
                cognito.clock.advance(.minutes(10))
            }
            func expectRefusals() async throws {
                #expect(await send(cognito, token).refusal == .limitExceeded)
                #expect(await change(cognito, token, "late@example.com").refusal == .rateExceeded)
                #expect(try await cognito.user().attributes()["email"] == "new3@example.com")
            }
            try await expectRefusals()
            cognito.clock.advance(.minutes(10) - .instant)
            try await expectRefusals()
            // What needs no code isn't counted, and what an administrator does neither.
            let name: Members = ["AccessToken": token, "UserAttributes": attributes(["name": "Ada"])]
            #expect(await cognito.call(UpdateUserAttributes.self, name).refusal == nil)
            try await cognito.setAttributes(["email": "new3@example.com"])
            cognito.clock.advance(.instant)
            #expect(await change(cognito, token, "late@example.com").refusal == nil)
            #expect(cognito.outbox.messages.count == 6)
        }
    }

    @Test("an administrator may vouch for an address, in any spelling of the truth", arguments: ["true", "TRUE"])
    func vouched(value: String) async throws {
        try await Cognito.run(pool: ["AliasAttributes": ["email"]]) { cognito in
            try await cognito.addUser()
            try await cognito.setAttributes(["email": "new@example.com", "email_verified": value])
            #expect(cognito.outbox.messages.isEmpty)
            #expect(try await cognito.user("new@example.com").attributes()["email_verified"] == "true")
            try await cognito.setAttributes(["email": "newer@example.com"])
            #expect(try await cognito.user().attributes()["email_verified"] == "false")
            #expect(cognito.outbox.addresses == ["newer@example.com"])
        }
    }

    @Test("a code doesn't bring back an address that was changed after it was sent", arguments: [true, false])
    func changedMeanwhile(isAutoVerified: Bool) async throws {
        let verified = isAutoVerified ? ["email"] : []
        try await Cognito.run(pool: ["AutoVerifiedAttributes": verified]) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            #expect(await send(cognito, token).refusal == nil)
            let code = try cognito.outbox.code(to: "ada@example.com")
            try await cognito.setAttributes(["email": "new@example.com", "email_verified": "true"])
            #expect(await verify(cognito, token, code).refusal == .codeExpired)
            let values = try await cognito.user().attributes()
            #expect(values["email"] == "new@example.com" && values["email_verified"] == "true")
        }
    }

    @Test("an address that became somebody else's isn't verified")
    func takenMeanwhile() async throws {
        try await Cognito.run(pool: ["AliasAttributes": ["email"]]) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            #expect(await change(cognito, token, "new@example.com").refusal == nil)
            try await cognito.addUser("bob", attributes: ["email": "new@example.com", "email_verified": "true"])
            let answer = await verify(cognito, token, try cognito.outbox.code())
            #expect(answer.refusal == .aliasExists("email"))
            #expect(try await cognito.user().attributes()["email_verified"] == "false")
        }
    }

    private func change(_ cognito: Cognito, _ token: String, _ email: String) async -> Answer {
        let changes: Members = ["AccessToken": token, "UserAttributes": attributes(["email": email])]
        return await cognito.call(UpdateUserAttributes.self, changes)
    }

    private func send(_ cognito: Cognito, _ token: String) async -> Answer {
        let named: Members = ["AccessToken": token, "AttributeName": "email"]
        return await cognito.call(GetUserAttributeVerificationCode.self, named)
    }

    private func verify(_ cognito: Cognito, _ token: String, _ code: String) async -> Answer {
        let named: Members = ["AccessToken": token, "AttributeName": "email", "Code": code]
        return await cognito.call(VerifyUserAttribute.self, named)
    }
}
