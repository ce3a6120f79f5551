import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Messaging
import Server
import Storage
import Testing
import Triggers
import UserPools

/// CustomMessage: a function words what is sent.
@Suite struct CustomMessageTests {
    static let pool = Cognito.calling("CustomMessage").with(Cognito.choice)

    /// What leads to a message.
    enum Way: String, CaseIterable, Sendable {
        case signUp = "SignUp"
        case resend = "ResendCode"
        case forgot = "ForgotPassword"
        case reset
        case update = "UpdateUserAttribute"
        case updateByAdministrator
        case verify = "VerifyUserAttribute"
        case create = "AdminCreateUser"
        case createAgain
        case signIn = "Authentication"

        var source: String {
            let occasion: Way =
                switch self {
                case .reset: .forgot
                case .updateByAdministrator: .update
                case .createAgain: .create
                default: self
                }
            return "CustomMessage_\(occasion.rawValue)"
        }

        /// Whether what the caller says for functions comes to this one.
        var takesMetadata: Bool { ![.create, .createAgain, .signIn].contains(self) }

        func prepare(_ cognito: Cognito) async throws {
            switch self {
            case .signUp, .create: return
            case .resend: try await cognito.signUp()
            case .createAgain: try await cognito.addInvitedUser()
            default: try await cognito.addUser()
            }
        }

        func run(_ cognito: Cognito) async throws -> Answer {
            let said: Members = ["ClientMetadata": ["k": "v"]]
            let change: Members = ["UserAttributes": attributes(["email": "new@example.com"])]
            switch self {
            case .signUp: return try await cognito.signUp("ada", said: said)
            case .resend: return await cognito.call(ResendConfirmationCode.self, cognito.byClient("ada", said))
            case .forgot: return await cognito.call(ForgotPassword.self, cognito.byClient("ada", said))
            case .reset: return await cognito.call(AdminResetUserPassword.self, cognito.named("ada", said))
            case .update:
                let token: Members = ["AccessToken": try await cognito.signedIn().access]
                return await cognito.call(UpdateUserAttributes.self, token.with(said).with(change))
            case .updateByAdministrator:
                return await cognito.call(AdminUpdateUserAttributes.self, cognito.named("ada", said).with(change))
            case .verify:
                let token: Members = [
                    "AccessToken": try await cognito.signedIn().access, "AttributeName": "email",
                ]
                return await cognito.call(GetUserAttributeVerificationCode.self, token.with(said))
            case .create, .createAgain:
                var input: Members = [
                    "UserAttributes": attributes(["email": "ada@example.com"]),
                    "DesiredDeliveryMediums": ["EMAIL"], "TemporaryPassword": Cognito.password,
                ]
                if self == .createAgain { input["MessageAction"] = "RESEND" }
                return await cognito.call(AdminCreateUser.self, cognito.named("ada", said).with(input))
            case .signIn:
                return await cognito.initiate("USER_AUTH", ["USERNAME": "ada", "PREFERRED_CHALLENGE": "EMAIL_OTP"])
            }
        }
    }

    private static func words(_ way: Way) -> [String: JSONValue] {
        let isInvitation = [.create, .createAgain].contains(way)
        return [
            "emailMessage": .string(isInvitation ? "{username}: {####}" : "Yours: {####}"),
            "emailSubject": .string("{####} of ours"),
        ]
    }

    @Test("the event of each, and what is made of its answer", arguments: Way.allCases)
    func event(way: Way) async throws {
        try await Cognito.run(pool: Self.pool) { cognito in
            cognito.answer("CustomMessage", with: [:])
            try await way.prepare(cognito)
            cognito.functions.forgetEvents()
            cognito.answer("CustomMessage", with: Self.words(way))
            #expect(try await way.run(cognito).refusal == nil)
            #expect(cognito.functions.sources == [way.source])
            let event = try #require(cognito.functions.events.last)
            #expect(event.at("request.codeParameter") == .string("{####}"))
            #expect(event.at("request.linkParameter") == .string("{##Click Here##}"))
            let isInvitation = [.create, .createAgain].contains(way)
            #expect(event.at("request.usernameParameter") == (isInvitation ? .string("{username}") : .null))
            #expect(event.at("request.clientMetadata.k") == (way.takesMetadata ? .string("v") : nil))
            #expect(event.at("userName") == .string("ada"))
            let mail = try #require(cognito.outbox.messages.last)
            let code = try #require(mail.code)
            #expect(mail.body == (isInvitation ? "ada: \(code)" : "Yours: \(code)") && mail.subject == "{####} of ours")
        }
    }

    /// Of a sign-up `PreSignUpTests` tell.
    @Test(
        "whoever waits for a message is told how its function failed",
        arguments: Way.allCases.filter { $0 != .signUp }
    )
    func failures(way: Way) async throws {
        let failures: [(Functions.Body, Refusal)] = [
            ({ _ in throw FunctionFailure.failed(message: "No way") }, .function("CustomMessage")),
            (
                { _ in throw FunctionFailure.unreachable(code: "AccessDeniedException") },
                Refusal(
                    "UnexpectedLambdaException",
                    "CustomMessage invocation failed due to error AccessDeniedException."
                )
            ),
            (
                { _ in .null },
                Refusal("InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON")
            ),
            ({ _ in .object([:]) }, Refusal("InvalidLambdaResponseException", "Unrecognizable lambda output")),
        ]
        for (body, refusal) in failures {
            try await Cognito.run(pool: Self.pool) { cognito in
                cognito.answer("CustomMessage", with: [:])
                try await way.prepare(cognito)
                cognito.outbox.clear()
                cognito.set("CustomMessage", body)
                #expect(try await way.run(cognito).refusal == refusal)
                #expect(cognito.outbox.messages.isEmpty)
                #expect(try await cognito.waiting() == 0)
            }
        }
    }

    @Test("the event byte for byte", arguments: TestEngine.allCases)
    func golden(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.pool) { cognito in
            cognito.answer("CustomMessage")
            try await cognito.signUp()
            cognito.expectEvent(
                sub: try await cognito.user().attributes()["sub"] ?? "",
                #"{"version":"1","region":"us-east-1","userPoolId":"<pool>","userName":"ada","#,
                #""callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"<client>"},"#,
                #""triggerSource":"CustomMessage_SignUp","request":{"userAttributes":{"#,
                #""cognito:user_status":"UNCONFIRMED","email":"ada@example.com","email_verified":"false","#,
                #""sub":"<sub>"},"codeParameter":"{####}","#,
                #""linkParameter":"{##Click Here##}","usernameParameter":null},"#,
                #""response":{"smsMessage":null,"emailMessage":null,"emailSubject":null}}"#
            )
            // Nothing said: the template's words.
            #expect(cognito.outbox.messages.last?.subject == "Your verification code")
        }
    }

    @Test("what it may not answer", arguments: TestEngine.allCases)
    func refusals(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.pool) { cognito in
            let wrong: [[String: JSONValue]] = [
                ["emailMessage": .string("no code")],
                ["emailMessage": .string("{####}" + String(repeating: "x", count: 20_000))],
                ["emailSubject": .string(String(repeating: "x", count: 141))], ["emailSubject": .string("")],
                ["emailSubject": .string("a\r\nBcc: eve@example.com")], ["emailMessage": .integer(1)],
            ]
            try await cognito.addUser()
            for answer in wrong {
                cognito.answer("CustomMessage", with: answer)
                let refusal = await cognito.call(AdminResetUserPassword.self, cognito.named()).refusal
                #expect(refusal?.code == "InvalidLambdaResponseException", "\(answer)")
            }
            cognito.refuse("CustomMessage", "not now")
            let refusal = await cognito.call(AdminResetUserPassword.self, cognito.named()).refusal
            #expect(refusal == .function("CustomMessage", said: "not now"))
            #expect(cognito.outbox.messages.isEmpty)
            #expect(try await cognito.waiting() == 0)
        }
    }

    @Test("where the client hides who exists nobody is told of the function")
    func hidden() async throws {
        try await Cognito.run(pool: Self.pool, client: ["PreventUserExistenceErrors": "ENABLED"]) { cognito in
            try await cognito.addUser()
            cognito.refuse("CustomMessage")
            #expect(await cognito.call(ForgotPassword.self, cognito.byClient()).refusal == nil)
            #expect(cognito.functions.sources == ["CustomMessage_ForgotPassword"])
            let nobody = try await cognito.nobody()
            #expect(await cognito.call(ForgotPassword.self, cognito.byClient(nobody)).refusal == nil)
            #expect(cognito.functions.sources.count == 1 && cognito.outbox.messages.isEmpty)
            #expect(try await cognito.waiting() == 0)
        }
    }

    @Test("a function is asked once for a message that is tried again")
    func onceOnly() async throws {
        try await Cognito.run(pool: Self.pool) { cognito in
            try await cognito.addUser()
            cognito.answer("CustomMessage", with: Self.words(.reset))
            cognito.outbox.fail(permanently: false)
            #expect(await cognito.call(AdminResetUserPassword.self, cognito.named()).refusal == nil)
            #expect(cognito.outbox.messages.isEmpty)
            #expect(try await cognito.waiting() == 1)
            cognito.outbox.fail(false)
            cognito.clock.advance(.seconds(6))
            #expect(try await cognito.application.messages.takeUpDue() == 1)
            await cognito.application.messages.drain()
            #expect(cognito.outbox.messages.last?.subject == "{####} of ours")
            #expect(cognito.functions.sources == ["CustomMessage_ForgotPassword"])
            #expect(try await cognito.waiting() == 0)
        }
    }
}

extension Cognito {
    /// How many messages are in the outbox.
    func waiting() async throws -> Int {
        let pool = pool
        return try await application.store.database.read { connection in
            try connection.row("select count(*) from outbox where pool_id = \(pool)")?.int(0)
        } ?? 0
    }
}
