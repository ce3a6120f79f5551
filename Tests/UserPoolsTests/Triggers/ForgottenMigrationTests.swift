import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// UserMigration of those who have forgotten their password, and at the pages.
@Suite struct ForgottenMigrationTests {
    static let hiding: Members = ["PreventUserExistenceErrors": "ENABLED"]

    @Test("a user of another store gets a code, and sets a password", arguments: TestEngine.allCases)
    func good(engine: TestEngine) async throws {
        let pool = Cognito.calling("UserMigration", "PreSignUp", "PostConfirmation")
        try await Cognito.run(on: engine, pool: pool, client: Self.hiding) { cognito in
            cognito.answer("PreSignUp")
            cognito.answer("PostConfirmation")
            cognito.migrate(["finalUserStatus": .null])
            let answer = try await cognito.ok(
                ForgotPassword.self,
                cognito.byClient("ada", ["ClientMetadata": ["k": "v"]])
            )
            #expect(answer.string("CodeDeliveryDetails.Destination") == "o***@e***")
            #expect(try await cognito.user().string("UserStatus") == "RESET_REQUIRED")
            let code = try cognito.outbox.code(to: "old@example.com")
            let input: Members = ["ConfirmationCode": code, "Password": "An0ther!one"]
            try await cognito.ok(ConfirmForgotPassword.self, cognito.byClient("ada", input))
            _ = try await cognito.signedIn(password: "An0ther!one")
            #expect(
                cognito.functions.sources == [
                    "UserMigration_ForgotPassword", "PreSignUp_AdminCreateUser",
                    "PostConfirmation_ConfirmForgotPassword",
                ]
            )
            let told = #""clientMetadata":{"k":"v"}},"response":{"#
            #expect(cognito.functions.payloads.prefix(2).allSatisfy { $0.contains(told) })
        }
    }

    @Test("the event of ForgotPassword")
    func event() async throws {
        try await Cognito.run(pool: Cognito.calling("UserMigration")) { cognito in
            cognito.refuse("UserMigration", "none")
            let answer = await cognito.call(ForgotPassword.self, cognito.byClient("Ada"))
            #expect(answer.refusal == .function("UserMigration", said: "none"))
            cognito.expectEvent(
                #"{"version":"1","region":"us-east-1","userPoolId":"<pool>","userName":"Ada","#,
                #""callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"<client>"},"#,
                #""triggerSource":"UserMigration_ForgotPassword","#,
                #""request":{"validationData":null,"userAttributes":null},"#,
                #""response":{"userAttributes":null,"forceAliasCreation":null,"finalUserStatus":null,"#,
                #""messageAction":null,"desiredDeliveryMediums":null,"enableSMSMFA":null}}"#
            )
        }
    }

    @Test("whom it doesn't know is hidden where the client hides who exists")
    func unknown() async throws {
        try await Cognito.run(pool: Cognito.calling("UserMigration"), client: Self.hiding) { cognito in
            let name = try await cognito.nobody()
            for index in UserMigrationTests.hidden.indices.prefix(4) {
                UserMigrationTests.hidden[index].1(cognito)
                let answer = await cognito.call(ForgotPassword.self, cognito.byClient(name))
                #expect(answer.refusal == nil && answer.string("CodeDeliveryDetails.Destination") != nil)
            }
            #expect(cognito.outbox.messages.isEmpty && cognito.functions.events.count == 4)
        }
        try await Cognito.run(pool: Cognito.calling("UserMigration")) { cognito in
            cognito.answer("UserMigration")
            let unknown = "Exception migrating user in app client \(cognito.client.id)"
            #expect(
                await cognito.call(ForgotPassword.self, cognito.byClient()).refusal
                    == Refusal("UserNotFoundException", unknown)
            )
        }
    }

    @Test(
        "it is asked five times an hour for a name, however many ask at once",
        arguments: TestEngine.allCases,
        ["ENABLED", "LEGACY"]
    )
    func limit(engine: TestEngine, prevents: String) async throws {
        let client: Members = ["PreventUserExistenceErrors": prevents]
        try await Cognito.run(on: engine, pool: Cognito.calling("UserMigration"), client: client) { cognito in
            cognito.refuse("UserMigration", "none")
            let name = try await cognito.nobody()
            let input = cognito.byClient(name)
            let refusals = await withTaskGroup(of: Refusal?.self) { group in
                for _ in 0..<20 { group.addTask { await cognito.call(ForgotPassword.self, input).refusal } }
                return await group.reduce(into: [Refusal?]()) { $0.append($1) }
            }
            #expect(cognito.functions.events.count == 5)
            #expect(refusals.count { $0 == .limitExceeded } == 15)
            cognito.clock.advance(.minutes(60))
            #expect(await cognito.call(ForgotPassword.self, input).refusal != .limitExceeded)
        }
    }

    @Test("and five times for the name in any case; whoever is hidden has five codes all the same")
    func cases() async throws {
        for (client, sixth) in [(Self.hiding, nil), ([:], Refusal.limitExceeded)] as [(Members, Refusal?)] {
            try await Cognito.run(pool: Cognito.calling("UserMigration"), client: client) { cognito in
                cognito.refuse("UserMigration", "none")
                let name = try await cognito.nobody()
                for _ in 0..<5 {
                    _ = await cognito.call(ForgotPassword.self, cognito.byClient(name.uppercased()))
                }
                #expect(cognito.functions.events.count == 5)
                for _ in 0..<(sixth == nil ? 5 : 1) {
                    #expect(await cognito.call(ForgotPassword.self, cognito.byClient(name)).refusal == sixth)
                }
                let answer = await cognito.call(ForgotPassword.self, cognito.byClient(name))
                #expect(answer.refusal == .limitExceeded)
                #expect(cognito.functions.events.count == 5)
            }
        }
    }

    @Test("at the pages", arguments: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"], ["ENABLED", "LEGACY"])
    func pages(flow: String, prevents: String) async throws {
        let client = Cognito.atPages.with([
            "ExplicitAuthFlows": [flow, "ALLOW_REFRESH_TOKEN_AUTH"], "PreventUserExistenceErrors": prevents,
        ])
        try await Cognito.run(pool: Cognito.calling("UserMigration"), client: client) { cognito in
            cognito.migrate()
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            let wrong = try await browser.submit(page, ["username": "ada", "password": "wrong"])
            #expect(wrong.says("Incorrect username or password") && !wrong.says("UserMigration"))
            let nobody = try await browser.submit(page, ["username": "nobody", "password": "wrong"])
            #expect(nobody.says("Incorrect username or password"))
            let done = try await browser.submit(page, ["username": "ada", "password": Cognito.password])
            #expect(done.parameter("code") != nil)
            #expect(cognito.functions.sources.allSatisfy { $0 == "UserMigration_Authentication" })
            #expect(cognito.functions.events.count == 3)
        }
    }

    @Test("a forgotten password at the pages")
    func forgottenAtPages() async throws {
        try await Cognito.run(pool: Cognito.calling("UserMigration"), client: Cognito.byPasswordAtPages) { cognito in
            cognito.migrate()
            let browser = PageBrowser(cognito)
            let page = await browser.get("/forgotPassword?\(cognito.query())")
            let refused = try await browser.submit(page, ["username": "nobody"])
            #expect(refused.says("UserMigration failed with error User not found."))
            let sent = try await browser.submit(page, ["username": "ada"])
            #expect(sent.heading == "Reset your password" && sent.says("o***@e***"))
            let done = try await browser.submit(
                sent,
                [
                    "code": try cognito.outbox.code(), "new_password": "An0ther!one",
                    "confirm_password": "An0ther!one",
                ]
            )
            #expect(done.location?.hasPrefix("/login?") == true)
            _ = try Tokens(await cognito.signIn(password: "An0ther!one"))
        }
    }
}
