import CognitoModel
import Testing
import UserPools

@Suite struct SignUpTests {
    @Test("makes an unconfirmed user and sends six digits")
    func good() async throws {
        try await Cognito.run { cognito in
            let answer = try await cognito.signUp()
            #expect(answer["UserConfirmed"] == .boolean(false))
            #expect(answer.string("CodeDeliveryDetails.Destination") == "a***@e***")
            #expect(answer.string("CodeDeliveryDetails.DeliveryMedium") == "EMAIL")
            #expect(answer.string("CodeDeliveryDetails.AttributeName") == "email")
            #expect(answer.string("Session") != nil)
            let code = try cognito.outbox.code(to: "ada@example.com")
            #expect(code.count == 6 && code.allSatisfy(\.isNumber))

            let user = try await cognito.user()
            #expect(user.string("UserStatus") == "UNCONFIRMED" && user["Enabled"] == .boolean(true))
            #expect(user.attributes()["sub"] == answer.string("UserSub"))
            #expect(user.attributes()["email_verified"] == "false")
            #expect(user["UserCreateDate"] == .number(Double(cognito.clock.now.seconds)))
        }
    }

    @Test(
        "the code goes to the telephone before the mail, and to verified-by-itself attributes alone",
        arguments: [
            (["email", "phone_number"], "+*******4567", "SMS"), (["email"], "a***@e***", "EMAIL"), ([], nil, nil),
        ] as [([String], String?, String?)]
    )
    func destination(verified: [String], destination: String?, medium: String?) async throws {
        try await Cognito.run(pool: ["AutoVerifiedAttributes": verified]) { cognito in
            let answer = try await cognito.signUp(
                attributes: ["email": "ada@example.com", "phone_number": "+15551234567"]
            )
            #expect(answer.string("CodeDeliveryDetails.Destination") == destination)
            #expect(answer.string("CodeDeliveryDetails.DeliveryMedium") == medium)
            #expect(cognito.outbox.messages.count == (destination == nil ? 0 : 1))
        }
    }

    @Test("there is a session where the client has USER_AUTH to use it in, and only there")
    func session() async throws {
        try await Cognito.run(client: ["ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]]) { cognito in
            let answer = try await cognito.signUp()
            #expect(answer.string("Session") == nil)
        }
    }

    @Test("a pool that leaves it to administrators takes nobody")
    func administratorsOnly() async throws {
        try await Cognito.run(pool: ["AdminCreateUserConfig": ["AllowAdminCreateUserOnly": true]]) { cognito in
            let answer = await signUp(cognito, "ada")
            #expect(answer.refusal == .notAuthorized("SignUp is not permitted for this user pool"))
        }
    }

    @Test("a name is given once, in any case where the pool says so", arguments: [true, false])
    func taken(caseSensitive: Bool) async throws {
        try await Cognito.run(pool: ["UsernameConfiguration": ["CaseSensitive": caseSensitive]]) { cognito in
            let sub = try await cognito.signUp().text("UserSub")
            #expect(await signUp(cognito, "ada").refusal == .userExists)
            #expect(await signUp(cognito, "ADA").refusal == (caseSensitive ? nil : .userExists))
            #expect(await signUp(cognito, sub).refusal == .userExists)
        }
    }

    @Test(
        "who hides users says of addresses alone that they are taken",
        arguments: ["LEGACY", "ENABLED"]
    )
    func takenAddress(prevents: String) async throws {
        let pool: Members = ["UsernameAttributes": ["email"]]
        try await Cognito.run(pool: pool, client: ["PreventUserExistenceErrors": prevents]) { cognito in
            let answer = await signUp(cognito, "ada@example.com")
            #expect(answer.refusal == nil)
            let user = try await cognito.user("ada@example.com")
            #expect(user.string("Username") == answer.string("UserSub"))
            #expect(user.attributes()["email"] == "ada@example.com")
            #expect(await signUp(cognito, "ada@example.com").refusal == .accountExists("email"))
        }
    }

    @Test("an alias that counts at once is given once")
    func takenAlias() async throws {
        try await Cognito.run(pool: ["AliasAttributes": ["preferred_username"]]) { cognito in
            try await cognito.signUp("ada", attributes: ["preferred_username": "al"])
            let second = await signUp(cognito, "bob", attributes: ["preferred_username": "al"])
            #expect(second.refusal == .accountExists("preferred_username"))
            #expect(await signUp(cognito, "al").refusal == .userExists)
        }
    }

    @Test(
        "names that the pool doesn't take",
        arguments: [
            ("UsernameAttributes", ["email"], "ada", "Username should be an email."),
            ("UsernameAttributes", ["phone_number"], "ada@b.c", "Username should be a phone number."),
            (
                "UsernameAttributes", ["email", "phone_number"], "ada",
                "Username should be either an email or a phone number."
            ),
            (
                "AliasAttributes", ["email"], "ada@b.c",
                "Username cannot be of email format, since user pool is configured for email alias."
            ),
            (
                "AliasAttributes", ["phone_number"], "+15551234567",
                "Username cannot be of phone number format, since user pool is configured for phone number alias."
            ),
        ]
    )
    func names(setting: String, attributes: [String], name: String, message: String) async throws {
        try await Cognito.run(pool: [setting: attributes]) { cognito in
            #expect(await signUp(cognito, name).refusal == .invalid(message))
        }
    }

    @Test("the attribute that stands for the name can't differ from it")
    func differingAttribute() async throws {
        try await Cognito.run(pool: ["UsernameAttributes": ["email"]]) { cognito in
            let answer = await signUp(cognito, "ada@b.c", attributes: ["email": "bob@b.c"])
            #expect(answer.refusal == .invalid("The username and the attribute email must be the same."))
        }
    }

    @Test("a message that can't be handed over is told")
    func undelivered() async throws {
        try await Cognito.run { cognito in
            cognito.outbox.fail()
            let answer = await signUp(cognito, "ada", attributes: ["email": "ada@example.com"])
            #expect(answer.refusal == .undelivered)
            cognito.outbox.fail(false)
            let again: Members = ["ClientId": cognito.client.id, "Username": "ada"]
            #expect(await cognito.call(ResendConfirmationCode.self, again).refusal == nil)
        }
    }

    private func signUp(
        _ cognito: Cognito,
        _ name: String,
        attributes more: KeyValuePairs<String, String> = [:]
    ) async -> Answer {
        await cognito.call(
            SignUp.self,
            [
                "ClientId": cognito.client.id, "Username": name, "Password": Cognito.password,
                "UserAttributes": attributes(more),
            ]
        )
    }
}
