import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// PostConfirmation: ConfirmSignUp, AdminConfirmSignUp and ConfirmForgotPassword. Its answer changes nothing.
@Suite struct PostConfirmationTests {
    static let pool = Cognito.calling("PostConfirmation").with(["AliasAttributes": ["email"]])

    /// What leads to it.
    enum Way: String, CaseIterable, Sendable {
        case confirmSignUp = "PostConfirmation_ConfirmSignUp"
        case administrator
        case confirmForgotPassword = "PostConfirmation_ConfirmForgotPassword"

        var source: String { self == .administrator ? Way.confirmSignUp.rawValue : rawValue }

        /// Brings a user to the point before it.
        func prepare(_ cognito: Cognito) async throws {
            guard self == .confirmForgotPassword else {
                try await cognito.signUp()
                return
            }
            try await cognito.addUser()
            try await cognito.ok(ForgotPassword.self, cognito.byClient())
        }

        func run(_ cognito: Cognito) async -> Answer {
            let said: Members = ["ClientMetadata": ["k": "v"]]
            let code = cognito.outbox.newestCode
            switch self {
            case .confirmSignUp:
                return await cognito.call(
                    ConfirmSignUp.self,
                    cognito.byClient("ada", said).with(["ConfirmationCode": code])
                )
            case .administrator: return await cognito.call(AdminConfirmSignUp.self, cognito.named("ada", said))
            case .confirmForgotPassword:
                return await cognito.call(
                    ConfirmForgotPassword.self,
                    cognito.byClient("ada", said).with(["ConfirmationCode": code, "Password": "An0ther!one"])
                )
            }
        }
    }

    @Test("the event of each", arguments: Way.allCases, TestEngine.allCases)
    func event(way: Way, engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.pool) { cognito in
            cognito.answer("PostConfirmation", with: ["whatever": .integer(1)])
            try await way.prepare(cognito)
            #expect(cognito.functions.events.isEmpty)
            let answer = await way.run(cognito)
            #expect(answer.refusal == nil)
            let user = try await cognito.user()
            #expect(user.string("UserStatus") == "CONFIRMED")
            // An administrator who confirms has no client; nor are they told that the address is verified.
            let isVerified = way != .administrator
            let client = way == .administrator ? "" : #","clientId":"<client>""#
            cognito.expectEvent(
                sub: user.attributes()["sub"] ?? "",
                #"{"version":"1","region":"us-east-1","userPoolId":"<pool>","userName":"ada","#,
                #""callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown"\#(client)},"#,
                #""triggerSource":"\#(way.source)","request":{"userAttributes":{"#,
                isVerified ? #""cognito:email_alias":"ada@example.com","# : "",
                #""cognito:user_status":"CONFIRMED","email":"ada@example.com","email_verified":"\#(isVerified)","#,
                #""sub":"<sub>"},"clientMetadata":{"k":"v"}},"response":{}}"#
            )
            #expect(cognito.functions.sources == [way.source])
        }
    }

    @Test("where it fails the caller is told, and the user is confirmed all the same", arguments: Way.allCases)
    func failures(way: Way) async throws {
        try await Cognito.run(pool: Self.pool) { cognito in
            let name = "PostConfirmation"
            try await way.prepare(cognito)
            cognito.refuse(name, "no table")
            #expect(await way.run(cognito).refusal == .function(name, said: "no table"))
            #expect(try await cognito.user().string("UserStatus") == "CONFIRMED")
            let password = way == .confirmForgotPassword ? "An0ther!one" : Cognito.password
            _ = try await cognito.signedIn(password: password)
            // It isn't told a second time.
            #expect(await way.run(cognito).refusal != nil)
            #expect(cognito.functions.sources == [way.source])
        }
    }

    @Test("what isn't the event is said to be none", arguments: Way.allCases)
    func outcomes(way: Way) async throws {
        for (answer, refusal) in [
            (JSONValue.null, Refusal.invalidJSON), (.object([:]), .unrecognizable), (.string("ok"), .unrecognizable),
        ] {
            try await Cognito.run(pool: Self.pool) { cognito in
                try await way.prepare(cognito)
                cognito.functions.set(Cognito.arn("PostConfirmation")) { _ in answer }
                #expect(await way.run(cognito).refusal == refusal)
            }
        }
        try await Cognito.run(pool: Self.pool) { cognito in
            try await way.prepare(cognito)
            #expect(await way.run(cognito).refusal == .unreachable("PostConfirmation"))
        }
    }

    @Test(
        "nor is it the event where what wasn't there has become null",
        arguments: [("request", "clientMetadata"), ("callerContext", "clientId")]
    )
    func nulls(part: String, member: String) async throws {
        for way in Way.allCases {
            try await Cognito.run(pool: Self.pool) { cognito in
                try await way.prepare(cognito)
                cognito.set("PostConfirmation") { event in
                    guard case .object(var all) = event, case .object(var members)? = all[part] else { return event }
                    members[member] = .null
                    all[part] = .object(members)
                    return .object(all)
                }
                #expect(await way.run(cognito).refusal == .unrecognizable)
            }
        }
    }

    @Test("a code that isn't right tells it nothing")
    func wrongCode() async throws {
        try await Cognito.run(pool: Self.pool) { cognito in
            cognito.answer("PostConfirmation")
            try await cognito.signUp()
            for name in ["ada", "nobody"] {
                _ = await cognito.call(ConfirmSignUp.self, cognito.byClient(name, ["ConfirmationCode": "nothing"]))
            }
            #expect(cognito.functions.events.isEmpty)
        }
    }

    @Test("of many who give the code at once it hears once", arguments: TestEngine.allCases)
    func race(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.pool) { cognito in
            cognito.answer("PostConfirmation")
            try await cognito.signUp()
            let input = cognito.byClient("ada", ["ConfirmationCode": cognito.outbox.newestCode])
            let refusals = await withTaskGroup(of: Refusal?.self) { group in
                for _ in 0..<12 { group.addTask { await cognito.call(ConfirmSignUp.self, input).refusal } }
                return await group.reduce(into: [Refusal?]()) { $0.append($1) }
            }
            #expect(refusals.count { $0 == nil } == 1)
            #expect(cognito.functions.sources == ["PostConfirmation_ConfirmSignUp"])
        }
    }
}
