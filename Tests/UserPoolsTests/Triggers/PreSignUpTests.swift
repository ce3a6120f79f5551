import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

@testable import Triggers

/// PreSignUp: SignUp and AdminCreateUser.
@Suite struct PreSignUpTests {
    static let pool = Cognito.calling("PreSignUp", "PostConfirmation")

    static let said: Members = [
        "ClientMetadata": ["campaign": "spring", "a": "<&>"],
        "ValidationData": attributes(["invitation": "42", "empty": "", "twice": "1", "twice": "2"]),
    ]

    @Test("the event of SignUp")
    func signUpEvent() async throws {
        try await Cognito.run(pool: Self.pool) { cognito in
            cognito.answer("PreSignUp")
            let given = attributes(["email": "ada@example.com"])
            let input = cognito.byClient("ada", Self.said).with(["Password": Cognito.password, "UserAttributes": given])
            var sender = Sender.unsigned
            sender.userAgent = "Boto3/1.0 aws-sdk-nodejs/2.856.0 linux"
            try await cognito.ok(SignUp.self, input, from: sender)
            cognito.expectEvent(
                #"{"version":"1","region":"us-east-1","userPoolId":"<pool>","userName":"ada","#,
                #""callerContext":{"awsSdkVersion":"aws-sdk-nodejs-2.856.0","clientId":"<client>"},"#,
                #""triggerSource":"PreSignUp_SignUp","request":{"userAttributes":{"email":"ada@example.com"},"#,
                #""validationData":{"empty":"","invitation":"42","twice":"2"},"#,
                #""clientMetadata":{"a":"<&>","campaign":"spring"}},"#,
                #""response":{"autoConfirmUser":false,"autoVerifyEmail":false,"autoVerifyPhone":false}}"#
            )
            #expect(cognito.functions.sources == ["PreSignUp_SignUp"])
        }
    }

    @Test("without data for the function, and where users are named by address")
    func plainEvent() async throws {
        try await Cognito.run(pool: Self.pool.with(["UsernameAttributes": ["email"]])) { cognito in
            cognito.answer("PreSignUp")
            let answer = try await cognito.signUp("ada@example.com", attributes: [:])
            cognito.expectEvent(
                sub: try answer.text("UserSub"),
                #"{"version":"1","region":"us-east-1","userPoolId":"<pool>","userName":"<sub>","#,
                #""callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"<client>"},"#,
                #""triggerSource":"PreSignUp_SignUp","request":{"userAttributes":{"email":"ada@example.com"},"#,
                #""validationData":null},"#,
                #""response":{"autoConfirmUser":false,"autoVerifyEmail":false,"autoVerifyPhone":false}}"#
            )
        }
    }

    @Test("the event of AdminCreateUser; its answers don't count")
    func administrator() async throws {
        try await Cognito.run(pool: Self.pool) { cognito in
            cognito.answer(
                "PreSignUp",
                with: [
                    "autoConfirmUser": .boolean(true), "autoVerifyEmail": .boolean(true),
                    "autoVerifyPhone": .boolean(true),
                ]
            )
            let given = attributes(["email": "ada@example.com", "email_verified": "false"])
            try await cognito.ok(
                AdminCreateUser.self,
                cognito.named("ada", Self.said).with(["UserAttributes": given])
            )
            cognito.expectEvent(
                #"{"version":"1","region":"us-east-1","userPoolId":"<pool>","userName":"ada","#,
                #""callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"CLIENT_ID_NOT_APPLICABLE"},"#,
                #""triggerSource":"PreSignUp_AdminCreateUser","#,
                #""request":{"userAttributes":{"email":"ada@example.com","email_verified":"false"},"#,
                #""validationData":{"empty":"","invitation":"42","twice":"2"},"#,
                #""clientMetadata":{"a":"<&>","campaign":"spring"}},"#,
                #""response":{"autoConfirmUser":false,"autoVerifyEmail":false,"autoVerifyPhone":false}}"#
            )
            let user = try await cognito.user()
            #expect(user.string("UserStatus") == "FORCE_CHANGE_PASSWORD")
            #expect(user.attributes()["email_verified"] == "false")
            // An invitation that is sent again makes nobody.
            try await cognito.ok(AdminCreateUser.self, cognito.named("ada", ["MessageAction": "RESEND"]))
            #expect(cognito.functions.sources == ["PreSignUp_AdminCreateUser"])
        }
    }

    @Test("what the function answers with", arguments: ["SignUp", "AdminCreateUser"])
    func outcomes(operation: String) async throws {
        try await Cognito.run(pool: Self.pool) { cognito in
            @Sendable func make(_ name: String) async -> Refusal? {
                let email = attributes(["email": "\(name)@example.com"])
                if operation == "SignUp" {
                    let input: Members = ["Password": Cognito.password, "UserAttributes": email]
                    return await cognito.call(SignUp.self, cognito.byClient(name, input)).refusal
                }
                return await cognito.call(AdminCreateUser.self, cognito.named(name, ["UserAttributes": email])).refusal
            }
            #expect(await make("ada") == .unreachable("PreSignUp"))
            cognito.refuse("PreSignUp", "no <robots> here")
            #expect(await make("ada") == .function("PreSignUp", said: "no <robots> here"))
            cognito.functions.set(Cognito.arn("PreSignUp")) { _ in .null }
            #expect(await make("ada") == .invalidJSON)
            let wrong: [JSONValue] = [.string("true"), .integer(1), .array([]), .object([:])]
            for flag in ["autoConfirmUser", "autoVerifyEmail", "autoVerifyPhone"] {
                for value in wrong {
                    cognito.answer("PreSignUp", with: [flag: value])
                    #expect(await make("ada") == .unrecognizable, "\(flag): \(value)")
                }
                cognito.answer("PreSignUp", with: [flag: .null])
                #expect(await make("\(flag)") == nil)
            }
            #expect(await cognito.call(AdminGetUser.self, cognito.named()).refusal == .noUser)
            #expect(cognito.outbox.messages.count == 3)
        }
    }

    @Test(
        "whom the function confirms gets no code, and PostConfirmation is told at once",
        arguments: TestEngine.allCases
    )
    func confirmed(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.pool) { cognito in
            cognito.answer("PreSignUp", with: ["autoConfirmUser": .boolean(true), "autoVerifyEmail": .boolean(true)])
            cognito.answer("PostConfirmation")
            let input = cognito.byClient("ada", Self.said).with([
                "Password": Cognito.password, "UserAttributes": attributes(["email": "ada@example.com"]),
            ])
            let answer = try await cognito.ok(SignUp.self, input)
            #expect(answer["UserConfirmed"] == .boolean(true))
            #expect(answer["CodeDeliveryDetails"] == nil && answer.string("Session") == nil)
            #expect(cognito.outbox.messages.isEmpty)
            #expect(cognito.functions.sources == ["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"])
            cognito.expectEvent(
                sub: try answer.text("UserSub"),
                #"{"version":"1","region":"us-east-1","userPoolId":"<pool>","userName":"ada","#,
                #""callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"<client>"},"#,
                #""triggerSource":"PostConfirmation_ConfirmSignUp","#,
                #""request":{"userAttributes":{"cognito:user_status":"CONFIRMED","email":"ada@example.com","#,
                #""email_verified":"true","sub":"<sub>"},"clientMetadata":{"a":"<&>","campaign":"spring"}},"#,
                #""response":{}}"#
            )
            _ = try await cognito.signedIn()
        }
    }

    @Test("who is confirmed without a verified address stays unverified; who is verified alone stays unconfirmed")
    func each() async throws {
        try await Cognito.run(pool: Self.pool) { cognito in
            cognito.answer("PostConfirmation")
            cognito.answer("PreSignUp", with: ["autoConfirmUser": .boolean(true)])
            let confirmed = try await cognito.signUp("ada")
            #expect(confirmed["UserConfirmed"] == .boolean(true))
            #expect(try await cognito.user("ada").attributes()["email_verified"] == "false")
            cognito.answer("PreSignUp", with: ["autoVerifyEmail": .boolean(true)])
            let verified = try await cognito.signUp("bob")
            #expect(verified["UserConfirmed"] == .boolean(false))
            let bob = try await cognito.user("bob")
            #expect(bob.string("UserStatus") == "UNCONFIRMED" && bob.attributes()["email_verified"] == "true")
        }
    }

    @Test("an address that isn't there can't be verified", arguments: ["email", "phone_number"])
    func absent(attribute: String) async throws {
        try await Cognito.run(pool: Self.pool) { cognito in
            let flag = attribute == "email" ? "autoVerifyEmail" : "autoVerifyPhone"
            cognito.answer("PreSignUp", with: ["autoConfirmUser": .boolean(true), flag: .boolean(true)])
            let answer = await cognito.call(SignUp.self, cognito.byClient("ada", ["Password": Cognito.password]))
            #expect(answer.refusal == .invalidAnswer("The user has no \(attribute) to be verified."))
            #expect(await cognito.call(AdminGetUser.self, cognito.named()).refusal == .noUser)
        }
    }

    @Test("an alias that the function verifies goes to the new user", arguments: TestEngine.allCases)
    func alias(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.pool.with(["AliasAttributes": ["email"]])) { cognito in
            cognito.answer("PreSignUp", with: ["autoConfirmUser": .boolean(true)])
            cognito.answer("PostConfirmation")
            try await cognito.addUser("ada", attributes: ["email": "a@example.com", "email_verified": "true"])
            #expect(try await cognito.user("a@example.com").string("Username") == "ada")
            // Without a word about the address it stays whose it is.
            try await cognito.signUp("bob", attributes: ["email": "a@example.com"])
            #expect(try await cognito.user("a@example.com").string("Username") == "ada")
            cognito.answer(
                "PreSignUp",
                with: ["autoConfirmUser": .boolean(true), "autoVerifyEmail": .boolean(true)]
            )
            try await cognito.signUp("eve", attributes: ["email": "a@example.com"])
            #expect(try await cognito.user("a@example.com").string("Username") == "eve")
            #expect(try await cognito.user("ada").attributes()["email_verified"] == "false")
        }
    }

    @Test("an address that is somebody's username goes to nobody")
    func username() async throws {
        try await Cognito.run(pool: Self.pool.with(["UsernameAttributes": ["email"]])) { cognito in
            cognito.answer(
                "PreSignUp",
                with: ["autoConfirmUser": .boolean(true), "autoVerifyEmail": .boolean(true)]
            )
            cognito.answer("PostConfirmation")
            let first = try await cognito.signUp("ada@example.com", attributes: [:])
            let again = await cognito.call(
                SignUp.self,
                cognito.byClient("ada@example.com", ["Password": Cognito.password])
            )
            #expect(again.refusal == .accountExists("email"))
            let user = try await cognito.user("ada@example.com")
            #expect(user.string("Username") == first.string("UserSub"))
            #expect(user.attributes()["email_verified"] == "true")
        }
    }

    @Test("what is refused anyway is refused before the function is called; that a name is taken, after it")
    func order() async throws {
        let pool = Self.pool.with(["AdminCreateUserConfig": ["AllowAdminCreateUserOnly": false]])
        try await Cognito.run(pool: pool, client: ["WriteAttributes": ["email"]]) { cognito in
            cognito.answer("PreSignUp")
            func attempt(_ name: String, _ more: Members) async -> Refusal? {
                let input: Members = ["Password": Cognito.password]
                return await cognito.call(SignUp.self, cognito.byClient(name, input.with(more))).refusal
            }
            #expect(await attempt("ada", ["Password": "short"]) == .passwordTooShort)
            #expect(await attempt("ada", ["UserAttributes": attributes(["email": "nowhere"])]) != nil)
            #expect(await attempt("ada", ["UserAttributes": attributes(["name": "Ada"])]) == .unwritable)
            let administrator = await cognito.call(
                AdminCreateUser.self,
                cognito.named("ada", ["TemporaryPassword": "short"])
            )
            #expect(administrator.refusal == .passwordTooShort)
            #expect(cognito.functions.events.isEmpty)
            #expect(await attempt("ada", [:]) == nil)
            #expect(await attempt("ada", [:]) == .userExists)
            #expect(cognito.functions.events.count == 2)
        }
    }

    @Test(
        "of many who take a name at once one gets it, and each calls the function once",
        arguments: TestEngine.allCases
    )
    func race(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.pool) { cognito in
            cognito.answer("PreSignUp", with: ["autoConfirmUser": .boolean(true)])
            cognito.answer("PostConfirmation")
            let input = cognito.byClient("ada", ["Password": Cognito.password])
            let refusals = await withTaskGroup(of: Refusal?.self) { group in
                for _ in 0..<12 { group.addTask { await cognito.call(SignUp.self, input).refusal } }
                return await group.reduce(into: [Refusal?]()) { $0.append($1) }
            }
            #expect(refusals.count { $0 == nil } == 1 && refusals.count { $0 == .userExists } == 11)
            #expect(cognito.functions.sources.count { $0 == "PreSignUp_SignUp" } == 12)
            #expect(cognito.functions.sources.count { $0 == "PostConfirmation_ConfirmSignUp" } == 1)
        }
    }
}
