import CognitoModel
import Testing
import UserPools

/// NEW_PASSWORD_REQUIRED.
@Suite struct NewPasswordTests {
    static let newPassword = "An0ther!one"
    static let schema: [Members] = [
        ["Name": "email", "Required": true], ["Name": "name", "Required": true, "Mutable": false],
        ["Name": "birthdate", "Required": true],
    ]

    @Test("shows what the client may read, and what is missing")
    func shown() async throws {
        let client: Members = ["ReadAttributes": ["email"]]
        try await Cognito.run(pool: ["Schema": Self.schema], client: client) { cognito in
            try await cognito.addInvitedUser(attributes: ["email": "ada@example.com", "locale": "en"])
            let answer = await cognito.signIn()
            #expect(answer.string("ChallengeName") == "NEW_PASSWORD_REQUIRED")
            #expect(answer.string("ChallengeParameters.USER_ID_FOR_SRP") == "ada")
            let missing = #"["userAttributes.birthdate","userAttributes.name"]"#
            #expect(answer.string("ChallengeParameters.requiredAttributes") == missing)
            #expect(answer.string("ChallengeParameters.userAttributes") == #"{"email":"ada@example.com"}"#)
            #expect(answer["AuthenticationResult"] == nil)
        }
    }

    @Test("takes the password with what is missing, and confirms")
    func good() async throws {
        try await Cognito.run(pool: ["Schema": Self.schema]) { cognito in
            let session = try await begin(cognito)
            let answer = await respond(
                cognito,
                session,
                ["userAttributes.name": "Ada", "userAttributes.birthdate": "1815-12-10", "userAttributes.locale": "en"]
            )
            _ = try Tokens(answer)
            let user = try await cognito.user()
            #expect(user.string("UserStatus") == "CONFIRMED")
            let values = user.attributes()
            #expect(values["name"] == "Ada" && values["birthdate"] == "1815-12-10" && values["locale"] == "en")
            #expect(await cognito.signIn().refusal == .wrongPassword)
            #expect(await cognito.signIn(password: Self.newPassword).refusal == nil)
        }
    }

    static let refused: [([String: String], Refusal)] = [
        ([:], .invalid("Invalid attributes given, birthdate, name is missing")),
        (["userAttributes.name": "Ada"], .invalid("Invalid attributes given, birthdate is missing")),
        (
            ["userAttributes.name": "", "userAttributes.birthdate": "1815-12-10"],
            .invalid("Invalid attributes given, name is missing")
        ),
        (all.merged(["userAttributes.email": "x@y.z"]), .invalid("Cannot modify an already provided email")),
        (all.merged(["userAttributes.shoe": "1"]), .schema("shoe: Attribute does not exist in the schema.")),
        (all.merged(["userAttributes.sub": "1"]), .immutable("sub")),
        (all.merged(["userAttributes.email_verified": "true"]), .unwritable),
        (all.merged(["userAttributes.phone_number": "1"]), .invalid("Invalid phone number format.")),
        (all.merged(["NEW_PASSWORD": "short"]), .passwordTooShort),
        (all.merged(["NEW_PASSWORD": ""]), .missing("NEW_PASSWORD")),
        (all.merged(["NEW_PASSWORD": Cognito.password]), .passwordUsedBefore),
    ]
    private static let all = ["userAttributes.name": "Ada", "userAttributes.birthdate": "1815-12-10"]

    @Test("what isn't taken leaves the session, and the user as they were", arguments: refused)
    func refusals(responses: [String: String], refusal: Refusal) async throws {
        let policies: Members = ["PasswordPolicy": ["PasswordHistorySize": 3]]
        try await Cognito.run(pool: ["Schema": Self.schema, "Policies": policies]) { cognito in
            let session = try await begin(cognito)
            let before = try await cognito.user().attributes()
            #expect(await respond(cognito, session, responses).refusal == refusal)
            #expect(try await cognito.user().attributes() == before)
            #expect(await respond(cognito, session, Self.all).refusal == nil)
        }
    }

    @Test("a client writes what it may alone")
    func writable() async throws {
        try await Cognito.run(client: ["WriteAttributes": ["name"]]) { cognito in
            let session = try await begin(cognito)
            #expect(await respond(cognito, session, ["userAttributes.locale": "en"]).refusal == .unwritable)
            #expect(await respond(cognito, session, ["userAttributes.name": "Ada"]).refusal == nil)
        }
    }

    @Test("an alias that is somebody else's isn't taken", arguments: ["AliasAttributes", "UsernameAttributes"])
    func alias(setting: String) async throws {
        let (attribute, value) =
            setting == "AliasAttributes" ? ("preferred_username", "al") : ("phone_number", "+15551234567")
        let names = setting == "AliasAttributes" ? [attribute] : ["email", attribute]
        try await Cognito.run(pool: [setting: names]) { cognito in
            let isAlias = setting == "AliasAttributes"
            let other = isAlias ? "other" : "other@example.com"
            try await cognito.addInvitedUser(other, attributes: ["email": "other@example.com", attribute: value])
            let name = isAlias ? "ada" : "ada@example.com"
            try await cognito.addInvitedUser(name, attributes: ["email": "ada@example.com"])
            let asked = await cognito.signIn(name)
            let responses = [
                "USERNAME": try asked.text("ChallengeParameters.USER_ID_FOR_SRP"), "NEW_PASSWORD": Self.newPassword,
                "userAttributes.\(attribute)": value,
            ]
            let answer = await cognito.respond(
                "NEW_PASSWORD_REQUIRED",
                responses,
                session: try asked.text("Session")
            )
            #expect(answer.refusal == .aliasExists(attribute))
        }
    }

    enum Meanwhile: CaseIterable { case anotherPassword, confirmed, disabled, deleted, signUp }

    @Test("a session ends where the user isn't one any more who is asked", arguments: Meanwhile.allCases)
    func meanwhile(change: Meanwhile) async throws {
        try await Cognito.run { cognito in
            let session = try await begin(cognito)
            switch change {
            case .anotherPassword, .confirmed:
                let permanent = change == .confirmed
                let input: Members = ["Password": "A-th1rd!one", "Permanent": permanent]
                try await cognito.ok(AdminSetUserPassword.self, cognito.named("ada", input))
            case .disabled: try await cognito.disable()
            case .deleted: try await cognito.ok(AdminDeleteUser.self, cognito.named())
            case .signUp: try await cognito.setStatus(.unconfirmed)
            }
            let answer = await respond(cognito, session)
            #expect(answer["AuthenticationResult"] == nil)
            #expect(answer.refusal == .invalidSession)
        }
    }

    private func begin(_ cognito: Cognito) async throws -> String {
        try await cognito.addInvitedUser(attributes: ["email": "ada@example.com"])
        return try await cognito.signIn().text("Session")
    }

    private func respond(_ cognito: Cognito, _ session: String, _ more: [String: String] = [:]) async -> Answer {
        let responses = ["USERNAME": "ada", "NEW_PASSWORD": Self.newPassword].merged(more)
        return await cognito.respond("NEW_PASSWORD_REQUIRED", responses, session: session)
    }
}

extension [String: String] {
    func merged(_ more: [String: String]) -> [String: String] { merging(more) { _, new in new } }
}
