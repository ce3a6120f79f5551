import CognitoModel
import DatabaseTestSupport
import Domain
import Testing
import UserPools

/// UserMigration at sign-ins through the API.
@Suite struct UserMigrationTests {
    static let pool = Cognito.choice.with(
        Cognito.calling("UserMigration", "PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication")
    )
    static let hiding: Members = ["PreventUserExistenceErrors": "ENABLED"]
    /// The ways that bring the password in their first call.
    static let ways: [Way] = [.password, .administrator, .administratorByOldName, .preferredPassword]

    /// Lets all functions but UserMigration agree to everything.
    static func agree(_ cognito: Cognito) {
        for trigger in ["PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication"] {
            cognito.answer(trigger)
        }
    }

    static let order = [
        "UserMigration_Authentication", "PreSignUp_AdminCreateUser", "PreAuthentication_Authentication",
        "PostAuthentication_Authentication",
    ]

    @Test("a user of another store signs in, in one call", arguments: ways, TestEngine.allCases)
    func good(way: Way, engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.pool, client: Self.hiding) { cognito in
            Self.agree(cognito)
            // The policy isn't asked.
            cognito.migrate(from: UserStore(passwords: ["ada": "old"]))
            _ = try Tokens(try await cognito.attempt(way, password: "old"))
            #expect(cognito.functions.sources == Self.order)
            let user = try await cognito.user()
            #expect(user.string("UserStatus") == "CONFIRMED" && user.string("Username") == "ada")
            #expect(user.attributes()["email"] == "old@example.com")
            #expect(user.attributes()["email_verified"] == "true")
            #expect(cognito.outbox.messages.isEmpty)
            // From then on they are the pool's, by every way.
            cognito.functions.forgetEvents()
            _ = try Tokens(try await cognito.attempt(.srp, password: "old"))
            #expect(cognito.functions.sources == Array(Self.order.dropFirst(2)))
        }
    }

    @Test("so does one who chooses the password first")
    func choice() async throws {
        try await Cognito.run(pool: Self.pool, client: Self.hiding) { cognito in
            Self.agree(cognito)
            let name = try await cognito.nobody()
            cognito.migrate(from: UserStore(passwords: [name: "old"]))
            #expect(try await cognito.attempt(.choice, name, password: "new").refusal == .wrongPassword)
            _ = try Tokens(try await cognito.attempt(.choice, name, password: "old"))
            #expect(try await cognito.user(name).string("UserStatus") == "CONFIRMED")
            #expect(cognito.functions.sources.count { $0 == "UserMigration_Authentication" } == 2)
        }
    }

    @Test("ways without the password call nothing", arguments: [Way.srp, .administratorBySRP, .preferredSRP])
    func others(way: Way) async throws {
        try await Cognito.run(pool: Cognito.choice.with(Cognito.calling("UserMigration")), client: Self.hiding) {
            cognito in
            let name = try await cognito.nobody()
            cognito.migrate(from: UserStore(passwords: [name: Cognito.password]))
            #expect(try await cognito.attempt(way, name).refusal == .wrongPassword)
            #expect(cognito.functions.events.isEmpty)
        }
    }

    @Test("the event of InitiateAuth and AdminInitiateAuth", arguments: [true, false])
    func event(hasData: Bool) async throws {
        try await Cognito.run(pool: Cognito.calling("UserMigration", "PreSignUp")) { cognito in
            cognito.refuse("UserMigration")
            let said: Members = hasData ? ["ClientMetadata": ["app": "shop", "<": "\""]] : [:]
            let parameters: Members = ["AuthParameters": ["USERNAME": "Ada", "PASSWORD": "<se\"cret>"]]
            let data = hasData ? #"{"<":"\"","app":"shop"}"# : "null"
            func expect() {
                cognito.expectEvent(
                    #"{"version":"1","region":"us-east-1","userPoolId":"<pool>","userName":"Ada","#,
                    #""callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"<client>"},"#,
                    #""triggerSource":"UserMigration_Authentication","#,
                    #""request":{"password":"<se\"cret>","validationData":\#(data),"userAttributes":null},"#,
                    #""response":{"userAttributes":null,"forceAliasCreation":null,"finalUserStatus":null,"#,
                    #""messageAction":null,"desiredDeliveryMediums":null,"enableSMSMFA":null}}"#
                )
            }
            let client: Members = ["ClientId": cognito.client.id]
            let byUser = client.with(["AuthFlow": "USER_PASSWORD_AUTH"]).with(parameters).with(said)
            _ = await cognito.call(InitiateAuth.self, byUser)
            expect()
            let byServer = client.with(["AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "UserPoolId": cognito.pool])
            _ = await cognito.call(AdminInitiateAuth.self, byServer.with(parameters).with(said))
            expect()

            // PreSignUp is told the same data, and what the function said.
            cognito.migrate([:], passwords: ["Ada": "<se\"cret>"])
            cognito.refuse("PreSignUp", "not you")
            #expect(await cognito.call(InitiateAuth.self, byUser).refusal == .function("PreSignUp", said: "not you"))
            cognito.expectEvent(
                #"{"version":"1","region":"us-east-1","userPoolId":"<pool>","userName":"Ada","#,
                #""callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"<client>"},"#,
                #""triggerSource":"PreSignUp_AdminCreateUser","#,
                #""request":{"userAttributes":{"email":"old@example.com","email_verified":"true"},"#,
                #""validationData":\#(data)},"#,
                #""response":{"autoConfirmUser":false,"autoVerifyEmail":false,"autoVerifyPhone":false}}"#
            )
            #expect(await cognito.call(AdminGetUser.self, cognito.named("Ada")).refusal == .noUser)
        }
    }

    @Test("what a server says at a challenge is client metadata")
    func challenge() async throws {
        try await Cognito.run(pool: Cognito.choice.with(Cognito.calling("UserMigration")), client: Self.hiding) {
            cognito in
            let name = try await cognito.nobody()
            let begun = await cognito.administer("USER_AUTH", ["USERNAME": name])
            cognito.refuse("UserMigration")
            let answer = await cognito.call(
                AdminRespondToAuthChallenge.self,
                [
                    "UserPoolId": cognito.pool, "ClientId": cognito.client.id, "ChallengeName": "SELECT_CHALLENGE",
                    "Session": begun.string("Session"), "ClientMetadata": ["k": "v"],
                    "ChallengeResponses": ["USERNAME": name, "ANSWER": "PASSWORD", "PASSWORD": "p"],
                ]
            )
            #expect(answer.refusal == .wrongPassword)
            let request = cognito.functions.events.last?["request"]
            #expect(request?["clientMetadata"]?["k"]?.stringValue == "v" && request?["validationData"] == .null)
        }
    }

    @Test("where the client says who exists, it says what the function did", arguments: ways)
    func refusals(way: Way) async throws {
        try await Cognito.run(pool: Cognito.choice.with(Cognito.calling("UserMigration"))) { cognito in
            let unknown = "Exception migrating user in app client \(cognito.client.id)"
            let cases: [((Cognito) -> Void, Refusal)] = [
                ({ _ in }, .unreachable("UserMigration")),
                ({ $0.migrate() }, .function("UserMigration", said: "User not found")),
                ({ $0.migrate([:], passwords: ["n2": "x"]) }, .function("UserMigration", said: "Bad password")),
                ({ $0.answer("UserMigration") }, Refusal("UserNotFoundException", unknown)),
                ({ $0.set("UserMigration") { _ in .null } }, .invalidJSON),
                ({ $0.set("UserMigration") { _ in .object(["response": .object([:])]) } }, .unrecognizable),
            ]
            for (number, (behave, refusal)) in cases.enumerated() {
                behave(cognito)
                let answer = try await cognito.attempt(way, "n\(number)")
                #expect(answer.refusal == refusal)
            }
        }
    }

    static let wrong: [[String: JSONValue]] = [
        ["userAttributes": .string("none")], ["userAttributes": .object(["email": .boolean(true)])],
        ["finalUserStatus": .boolean(true)], ["messageAction": .integer(1)],
        ["desiredDeliveryMediums": .string("EMAIL")], ["desiredDeliveryMediums": .array([.string("PIGEON")])],
        ["forceAliasCreation": .string("true")], ["enableSMSMFA": .integer(1)],
    ]

    @Test("an answer of another shape is said to be none", arguments: wrong)
    func shapes(answer: [String: JSONValue]) async throws {
        try await Cognito.run(pool: Cognito.calling("UserMigration")) { cognito in
            cognito.migrate(answer)
            #expect(await cognito.signIn().refusal == .unrecognizable)
        }
    }

    static let hidden: [(String, @Sendable (Cognito) -> Void)] = [
        ("unreachable", { _ in }), ("refused", { $0.refuse("UserMigration", "Bad password") }),
        ("nobody", { $0.answer("UserMigration") }), ("nothing", { $0.set("UserMigration") { _ in .null } }),
        ("attribute", { $0.migrate(["userAttributes": .object(["nonsense": .string("x")])]) }),
        ("sub", { $0.migrate(["userAttributes": .object(["sub": .string("x")])]) }),
        ("telephone", { $0.migrate(["enableSMSMFA": .boolean(true)]) }),
    ]

    @Test("where the client hides who exists, all of it is a wrong password", arguments: hidden.indices)
    func hides(index: Int) async throws {
        try await Cognito.run(pool: Cognito.calling("UserMigration"), client: Self.hiding) { cognito in
            Self.hidden[index].1(cognito)
            for password in [Cognito.password, "other"] {
                let answer = await cognito.signIn(password: password)
                #expect(answer.refusal == .wrongPassword, "\(Self.hidden[index].0)")
            }
            #expect(cognito.functions.events.count == 2)
            #expect(await cognito.call(AdminGetUser.self, cognito.named()).refusal == .noUser)
        }
    }

    @Test("what a user can't be is told", arguments: TestEngine.allCases)
    func attributes(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.calling("UserMigration")) { cognito in
            let cases: [([String: JSONValue], Refusal)] = [
                (
                    ["userAttributes": .object(["nonsense": .string("x")])],
                    .schema("nonsense: Attribute does not exist in the schema.")
                ),
                (["userAttributes": .object(["sub": .string("x")])], .immutable("sub")),
                (
                    ["enableSMSMFA": .boolean(true)],
                    .invalidAnswer(
                        "SMS MFA can't be enabled: the user has no phone number, or the user pool no SMS MFA."
                    )
                ),
            ]
            for (answer, refusal) in cases {
                cognito.migrate(answer)
                #expect(await cognito.signIn().refusal == refusal)
            }
            #expect(await cognito.call(AdminGetUser.self, cognito.named()).refusal == .noUser)
        }
    }

    @Test("a status that isn't CONFIRMED asks for a new password", arguments: ["RESET_REQUIRED", nil])
    func reset(status: String?) async throws {
        try await Cognito.run(pool: Cognito.calling("UserMigration")) { cognito in
            cognito.migrate(["finalUserStatus": status.map(JSONValue.string) ?? .null])
            #expect(await cognito.signIn().refusal == .resetRequired)
            #expect(try await cognito.user().string("UserStatus") == "RESET_REQUIRED")
            #expect(cognito.functions.events.count == 1)
            try await cognito.ok(ForgotPassword.self, cognito.byClient())
            let code = try cognito.outbox.code(to: "old@example.com")
            try await cognito.ok(
                ConfirmForgotPassword.self,
                cognito.byClient("ada", ["ConfirmationCode": code, "Password": "An0ther!one"])
            )
            _ = try await cognito.signedIn(password: "An0ther!one")
        }
    }

    @Test("an invitation goes where the function says, with a password that isn't theirs")
    func invitation() async throws {
        let attributes: JSONValue = .object([
            "email": .string("old@example.com"), "phone_number": .string("+15551234567"),
        ])
        let cases: [([String]?, [String])] = [
            (nil, ["+15551234567"]), (["EMAIL"], ["old@example.com"]), ([], []),
            (["EMAIL", "SMS"], ["+15551234567", "old@example.com"]),
        ]
        for (media, addresses) in cases {
            try await Cognito.run(pool: Cognito.calling("UserMigration")) { cognito in
                let wished = media.map { JSONValue.array($0.map(JSONValue.string)) }
                cognito.migrate([
                    "userAttributes": attributes, "messageAction": .null, "desiredDeliveryMediums": wished ?? .null,
                ])
                _ = try await cognito.signedIn()
                #expect(cognito.outbox.addresses.sorted() == addresses.sorted())
                for message in cognito.outbox.messages {
                    #expect(message.body.contains("ada") && !message.body.contains(Cognito.password))
                    let code = try #require(message.code)
                    #expect(message.text.contains(code))
                    #expect(await cognito.signIn(password: code).refusal == .wrongPassword)
                }
                // It can't be delivered: they are in all the same.
                cognito.outbox.fail()
                cognito.migrate(
                    ["userAttributes": .object([:]), "messageAction": .null],
                    passwords: ["bob": Cognito.password]
                )
                _ = try await cognito.signedIn("bob")
            }
        }
    }
}
