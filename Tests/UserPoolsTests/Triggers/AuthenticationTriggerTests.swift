import CognitoModel
import Testing
import Triggers
import UserPools

/// PreAuthentication and PostAuthentication: when they are called, and what their refusals do.
@Suite struct AuthenticationTriggerTests {
    private static let both = Cognito.calling("PreAuthentication", "PostAuthentication")
    private static let sources = ["PreAuthentication_Authentication", "PostAuthentication_Authentication"]

    @Test("each sign-in calls both, once, in that order", arguments: Way.allCases)
    func each(way: Way) async throws {
        try await Cognito.run(pool: Cognito.choice.with(Self.both)) { cognito in
            try await cognito.addUser()
            cognito.answer("PreAuthentication")
            cognito.answer("PostAuthentication")
            #expect(try await cognito.attempt(way).refusal == nil)
            #expect(cognito.functions.sources == Self.sources)
            for event in cognito.functions.events {
                #expect(event["userName"]?.stringValue == "ada")
                #expect(event.at("callerContext.clientId")?.stringValue == cognito.client.id)
                #expect(event.at("request.userAttributes.email")?.stringValue == "ada@example.com")
                #expect(event.at("request.userAttributes.cognito:user_status")?.stringValue == "CONFIRMED")
            }
        }
    }

    @Test("PreAuthentication keeps even the right password from signing in", arguments: Way.allCases)
    func preRefuses(way: Way) async throws {
        try await Cognito.run(pool: Cognito.choice.with(Self.both)) { cognito in
            try await cognito.addUser()
            cognito.refuse("PreAuthentication")
            #expect(try await cognito.attempt(way).refusal == .function("PreAuthentication"))
            #expect(cognito.outbox.messages.isEmpty && cognito.functions.sources == [Self.sources[0]])
        }
    }

    @Test("PostAuthentication keeps who has proven themselves from getting tokens", arguments: Way.allCases)
    func postRefuses(way: Way) async throws {
        try await Cognito.run(pool: Cognito.choice.with(Self.both)) { cognito in
            try await cognito.addUser()
            cognito.answer("PreAuthentication")
            cognito.refuse("PostAuthentication")
            #expect(try await cognito.attempt(way).refusal == .function("PostAuthentication"))
            #expect(cognito.functions.sources == Self.sources)
        }
    }

    @Test("only PreAuthentication knows of a wrong password, and of nobody where the client hides who exists")
    func wrong() async throws {
        try await Cognito.run(pool: Self.both, client: ["PreventUserExistenceErrors": "ENABLED"]) { cognito in
            try await cognito.addUser()
            cognito.answer("PreAuthentication")
            for (name, isNotFound) in [("ada", false), ("Nobody", true)] {
                cognito.functions.forgetEvents()
                #expect(await cognito.signIn(name, password: "Wr0ng!one").refusal == .wrongPassword)
                #expect(cognito.functions.sources == [Self.sources[0]])
                let event = try #require(cognito.functions.events.first)
                #expect(event["userName"]?.stringValue == name)
                #expect(event.at("request.userNotFound") == .boolean(isNotFound))
                #expect((event.at("request.userAttributes") == .object([:])) == isNotFound)
            }
        }
    }

    @Test("nobody has no function called where the client tells who exists, and neither has who leaves something out")
    func notCalled() async throws {
        try await Cognito.run(pool: Self.both, client: ["PreventUserExistenceErrors": "LEGACY"]) { cognito in
            try await cognito.addUser()
            cognito.answer("PreAuthentication")
            #expect(await cognito.signIn("nobody").refusal == .noUser)
            #expect(await cognito.signIn("").refusal == .missing("USERNAME"))
            #expect(await cognito.signIn(password: "").refusal == .missing("PASSWORD"))
            #expect(cognito.functions.events.isEmpty)
            #expect(await cognito.signIn(password: "Wr0ng!one").refusal == .wrongPassword)
            #expect(cognito.functions.events.first?.at("request.userNotFound") == nil)
        }
    }

    @Test("refreshing calls neither")
    func refresh() async throws {
        try await Cognito.run(pool: Self.both) { cognito in
            try await cognito.addUser()
            cognito.answer("PreAuthentication")
            cognito.answer("PostAuthentication")
            let refresh = try await cognito.signedIn().refresh
            cognito.functions.forgetEvents()
            let again = await cognito.initiate("REFRESH_TOKEN_AUTH", ["REFRESH_TOKEN": refresh])
            #expect(again.refusal == nil && cognito.functions.events.isEmpty)
        }
    }

    @Test("who is locked out has no function called by sending passwords on")
    func locked() async throws {
        try await Cognito.run(pool: Self.both) { cognito in
            try await cognito.addUser()
            cognito.answer("PreAuthentication")
            for _ in 0..<5 { #expect(await cognito.signIn(password: "Wr0ng!one").refusal == .wrongPassword) }
            for _ in 0..<5 { #expect(await cognito.signIn().refusal == .locked) }
            #expect(cognito.functions.events.count == 5)
        }
    }

    @Test(
        "what the app says at the beginning is PreAuthentication's, and what it says with an answer PostAuthentication's"
    )
    func metadata() async throws {
        try await Cognito.run(pool: Self.both) { cognito in
            try await cognito.addUser()
            cognito.answer("PreAuthentication")
            cognito.answer("PostAuthentication")
            let basis: Members = ["ClientId": cognito.client.id, "ClientMetadata": ["a": "begun"]]
            let plain = ["USERNAME": "ada", "PASSWORD": Cognito.password]
            try await cognito.ok(
                InitiateAuth.self,
                basis.with(["AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": plain])
            )
            let srp = try SRPClient()
            let begun: Members = [
                "AuthFlow": "USER_SRP_AUTH", "AuthParameters": ["USERNAME": "ada", "SRP_A": srp.publicKey],
            ]
            let asked = try await cognito.ok(InitiateAuth.self, basis.with(begun))
            let responses = try srp.responses(to: asked, pool: cognito.pool)
            try await cognito.ok(
                RespondToAuthChallenge.self,
                basis.with([
                    "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": responses,
                    "ClientMetadata": ["a": "answered"],
                ])
            )
            #expect(cognito.functions.sources == Self.sources + Self.sources)
            let events = cognito.functions.events
            #expect(events.map { $0.at("request.validationData.a")?.stringValue } == ["begun", nil, "begun", nil])
            #expect(events.map { $0.at("request.clientMetadata.a")?.stringValue } == [nil, nil, nil, "answered"])
        }
    }

    @Test("a new password that is asked for first comes before PostAuthentication, and is kept from nobody without it")
    func newPassword() async throws {
        try await Cognito.run(pool: Self.both) { cognito in
            try await cognito.addInvitedUser()
            cognito.answer("PreAuthentication")
            cognito.refuse("PostAuthentication")
            let asked = await cognito.signIn()
            #expect(asked.string("ChallengeName") == "NEW_PASSWORD_REQUIRED")
            #expect(cognito.functions.sources == [Self.sources[0]])
            let answer = ["USERNAME": "ada", "NEW_PASSWORD": "An0ther!one"]
            #expect(
                await cognito.follow(asked, "NEW_PASSWORD_REQUIRED", answer).refusal == .function("PostAuthentication")
            )
            #expect(try await cognito.user().string("UserStatus") == "FORCE_CHANGE_PASSWORD")
            cognito.answer("PostAuthentication")
            #expect(await cognito.follow(asked, "NEW_PASSWORD_REQUIRED", answer).refusal == nil)
            #expect(cognito.functions.sources == [Self.sources[0], Self.sources[1], Self.sources[1]])
            let status = cognito.functions.events.last?.at("request.userAttributes.cognito:user_status")
            #expect(status?.stringValue == "CONFIRMED")
        }
    }

    @Test("a new device is said to be one")
    func device() async throws {
        let tracking: Members = [
            "DeviceConfiguration": ["DeviceOnlyRememberedOnUserPrompt": false, "ChallengeRequiredOnNewDevice": false]
        ]
        for isTracked in [true, false] {
            try await Cognito.run(pool: isTracked ? Self.both.with(tracking) : Self.both) { cognito in
                try await cognito.addUser()
                cognito.answer("PreAuthentication")
                cognito.answer("PostAuthentication")
                #expect(await cognito.signIn().refusal == nil)
                #expect(cognito.functions.events.last?.at("request.newDeviceUsed") == .boolean(isTracked))
            }
        }
    }

    @Test("a function that isn't reached, and one that returns something else, are told apart")
    func broken() async throws {
        try await Cognito.run(pool: Self.both) { cognito in
            try await cognito.addUser()
            #expect(
                await cognito.signIn().refusal
                    == Refusal(
                        "UnexpectedLambdaException",
                        "PreAuthentication invocation failed due to error ResourceNotFoundException."
                    )
            )
            cognito.set("PreAuthentication") { _ in .null }
            let notJSON = Refusal("InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON")
            #expect(await cognito.signIn().refusal == notJSON)
            cognito.set("PreAuthentication") { _ in .object([:]) }
            #expect(
                await cognito.signIn().refusal
                    == Refusal("InvalidLambdaResponseException", "Unrecognizable lambda output")
            )
        }
    }

    @Test("the pages call both, and show what they say")
    func pages() async throws {
        try await Cognito.run(pool: Self.both, client: Cognito.byPasswordAtPages) { cognito in
            try await cognito.addUser()
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            let fields: KeyValuePairs = ["username": "ada", "password": Cognito.password]
            cognito.refuse("PreAuthentication", "Come back later")
            let refused = try await browser.submit(page, fields)
            #expect(refused.says("PreAuthentication failed with error Come back later."))
            cognito.answer("PreAuthentication")
            cognito.refuse("PostAuthentication", "Not you")
            let late = try await browser.submit(refused, fields)
            #expect(late.says("PostAuthentication failed with error Not you."))
            #expect(browser.cookies["cognito-\(cognito.pool)"] == nil)
            cognito.answer("PostAuthentication")
            cognito.functions.forgetEvents()
            let done = try await browser.submit(late, fields)
            #expect(done.location?.hasPrefix("\(Cognito.callback)?code=") == true)
            #expect(cognito.functions.sources == Self.sources)
            // Whoever comes back by their cookie doesn't sign in.
            #expect(await browser.get("/oauth2/authorize?\(cognito.query())").parameter("code") != nil)
            #expect(cognito.functions.sources == Self.sources)
        }
    }
}
