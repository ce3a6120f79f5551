import CognitoModel
import Domain
import Testing
import UserPools

@Suite struct AdminCreateUserTests {
    @Test("makes a user with a temporary password, and sends it")
    func good() async throws {
        try await Cognito.run(pool: ["Policies": nil as String?]) { cognito in
            let given = attributes(["email": "ada@example.com", "email_verified": "True"])
            let answer = await cognito.call(AdminCreateUser.self, cognito.named("ada", ["UserAttributes": given]))
            #expect(answer.string("User.Username") == "ada")
            #expect(answer.string("User.UserStatus") == "FORCE_CHANGE_PASSWORD")
            #expect(answer["User.Enabled"] == .boolean(true))
            #expect(answer["User.UserCreateDate"] == .number(Double(cognito.clock.now.seconds)))
            let shown = answer.attributes("User.Attributes")
            #expect(shown["email"] == "ada@example.com" && shown["email_verified"] == "true")
            #expect(shown["sub"]?.count == 36)

            let password = try cognito.outbox.code(to: "ada@example.com")
            #expect(
                cognito.outbox.messages.map(\.text) == ["Your username is ada and temporary password is \(password)."]
            )
            let signIn = await cognito.signIn(password: password)
            #expect(signIn.string("ChallengeName") == "NEW_PASSWORD_REQUIRED")
        }
    }

    static let media: [([String]?, [String])] = [
        (nil, ["+15551234567"]), (["EMAIL"], ["ada@example.com"]), (["SMS"], ["+15551234567"]),
        (["SMS", "EMAIL"], ["+15551234567", "ada@example.com"]),
    ]

    @Test("the invitation goes where it is asked to go, to the telephone otherwise", arguments: media)
    func delivery(media: [String]?, addresses: [String]) async throws {
        try await Cognito.run { cognito in
            let given = attributes(["email": "ada@example.com", "phone_number": "+15551234567"])
            let more: Members = ["UserAttributes": given, "DesiredDeliveryMediums": media]
            try await cognito.ok(AdminCreateUser.self, cognito.named("ada", more))
            #expect(cognito.outbox.addresses == addresses)
        }
    }

    @Test("nothing is sent where that is asked")
    func suppressed() async throws {
        try await Cognito.run { cognito in
            try await cognito.addInvitedUser()
            #expect(cognito.outbox.messages.isEmpty)
        }
    }

    @Test("an invitation is sent again with another password, as long as the user waits for it")
    func resend() async throws {
        try await Cognito.run { cognito in
            try await cognito.addInvitedUser()
            let again = cognito.named("ada", ["MessageAction": "RESEND"])
            let answer = await cognito.call(AdminCreateUser.self, again)
            #expect(answer.string("User.UserStatus") == "FORCE_CHANGE_PASSWORD")
            let password = try cognito.outbox.code(to: "ada@example.com")
            #expect(await cognito.signIn().refusal == .wrongPassword)
            #expect(await cognito.signIn(password: password).refusal == nil)

            try await cognito.addUser("bob")
            let refused = await cognito.call(AdminCreateUser.self, cognito.named("bob", ["MessageAction": "RESEND"]))
            let message = "Resend not possible. CONFIRMED status is not FORCE_CHANGE_PASSWORD"
            #expect(refused.refusal == Refusal("UnsupportedUserStateException", message))
        }
    }

    @Test("a name is given once, and isn't somebody else's address")
    func taken() async throws {
        try await Cognito.run(pool: ["AliasAttributes": ["email"]]) { cognito in
            try await cognito.addUser()
            #expect(await create(cognito, "ada").refusal == .userExists)
            let email = attributes(["email": "ada@example.com", "email_verified": "TRUE"])
            #expect(await create(cognito, "bob", email).refusal == .aliasExists("email"))
            let unverified = attributes(["email": "ada@example.com"])
            #expect(await create(cognito, "bob", unverified).refusal == nil)
        }
    }

    @Test("an alias can be taken over")
    func forced() async throws {
        try await Cognito.run(pool: ["AliasAttributes": ["email"]]) { cognito in
            try await cognito.addUser()
            let email = attributes(["email": "ada@example.com", "email_verified": "true"])
            #expect(await create(cognito, "bob", email, force: true).refusal == nil)
            #expect(try await cognito.user("ada@example.com").string("Username") == "bob")
            #expect(try await cognito.user("ada").attributes()["email_verified"] == "false")
        }
    }

    @Test("a preferred username can't: ForceAliasCreation is of addresses alone")
    func forcedPreferredUsername() async throws {
        try await Cognito.run(pool: ["AliasAttributes": ["preferred_username"]]) { cognito async throws in
            let countess = attributes(["preferred_username": "countess"])
            #expect(await create(cognito, "ada", countess).refusal == nil)
            #expect(await create(cognito, "bob", countess, force: true).refusal == .aliasExists("preferred_username"))
            #expect(try await cognito.user("countess").string("Username") == "ada")
        }
    }

    @Test("where names are addresses, an address is given once, and taken from nobody")
    func takenAddress() async throws {
        try await Cognito.run(pool: ["UsernameAttributes": ["email"]]) { cognito async throws in
            let proven = attributes(["email": "ada@example.com", "email_verified": "true"])
            let answer = await create(cognito, "ada@example.com", proven)
            #expect(answer.string("User.Username") == answer.attributes("User.Attributes")["sub"])
            #expect(answer.attributes("User.Attributes")["email"] == "ada@example.com")
            for force in [false, true] {
                for isVerified in ["false", "true"] {
                    let given = attributes(["email": "ada@example.com", "email_verified": isVerified])
                    let refused = await create(cognito, "ada@example.com", given, force: force)
                    #expect(refused.refusal == .accountExists("email"))
                }
            }
            #expect(try await cognito.user("ada@example.com").attributes()["sub"] == answer.string("User.Username"))
            #expect(await create(cognito, "ada").refusal == .invalid("Username should be an email."))
        }
    }

    @Test("what is required may be asked for later, but what is given must conform")
    func values() async throws {
        let schema: [Members] = [["Name": "name", "Required": true], ["Name": "x", "AttributeDataType": "Boolean"]]
        try await Cognito.run(pool: ["Schema": schema]) { cognito in
            let refusal = Refusal.schema("custom:x: Attribute value must be a boolean.")
            #expect(await create(cognito, "ada", attributes(["custom:x": "1"])).refusal == refusal)
            #expect(await create(cognito, "ada", attributes(["sub": "1"])).refusal == .immutable("sub"))
            #expect(await create(cognito, "ada", password: "short").refusal == .passwordTooShort)
            #expect(await create(cognito, "ada").refusal == nil)
        }
    }

    @Test("where a code lets users in, none is made who isn't given a password")
    func passwordless() async throws {
        let factors: Members = ["SignInPolicy": ["AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]]]
        try await Cognito.run(pool: ["Policies": factors]) { cognito in
            let answer = await create(cognito, "ada", attributes(["email": "ada@example.com"]))
            #expect(answer.string("User.UserStatus") == "CONFIRMED")
            #expect(cognito.outbox.messages.isEmpty)
        }
    }

    @Test("an invitation that can't be handed over is told")
    func undelivered() async throws {
        try await Cognito.run { cognito in
            cognito.outbox.fail()
            #expect(await create(cognito, "ada", attributes(["email": "a@b.c"])).refusal == .undelivered)
        }
    }

    private func create(
        _ cognito: Cognito,
        _ name: String,
        _ given: [[String: String]] = [],
        password: String? = nil,
        force: Bool? = nil
    ) async -> Answer {
        let more: Members = ["UserAttributes": given, "TemporaryPassword": password, "ForceAliasCreation": force]
        return await cognito.call(AdminCreateUser.self, cognito.named(name, more))
    }
}
