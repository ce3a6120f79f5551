import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// PreSignUp and PostConfirmation at the pages.
@Suite struct SignUpPageTriggerTests {
    static let pool = AccountPageTests.byEmail.with(Cognito.calling("PreSignUp", "PostConfirmation"))

    @Test(
        "whom the function confirms is signed in at once, however the pages sign in",
        arguments: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"]
    )
    func confirmed(flow: String) async throws {
        let client = Cognito.atPages.with(["ExplicitAuthFlows": [flow, "ALLOW_REFRESH_TOKEN_AUTH"]])
        try await Cognito.run(pool: Self.pool, client: client) { cognito in
            cognito.answer("PreSignUp", with: ["autoConfirmUser": .boolean(true), "autoVerifyEmail": .boolean(true)])
            cognito.answer("PostConfirmation")
            let browser = PageBrowser(cognito)
            let page = await browser.get("/signup?\(cognito.query())")
            let done = try await browser.submit(page, AccountPageTests.passwords)
            #expect(done.parameter("code") != nil && done.parameter("state") == "s")
            #expect(cognito.functions.sources == ["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"])
            let user = try await cognito.user("new@example.com")
            #expect(user.string("UserStatus") == "CONFIRMED")
        }
    }

    @Test("what the functions refuse is shown where it was asked for")
    func refused() async throws {
        try await Cognito.run(pool: Self.pool, client: Cognito.byPasswordAtPages) { cognito in
            cognito.refuse("PreSignUp", "Only <b>example.org</b> may")
            let browser = PageBrowser(cognito)
            let page = await browser.get("/signup?\(cognito.query())")
            let refused = try await browser.submit(page, AccountPageTests.passwords)
            #expect(refused.status == 200 && refused.heading == "Sign up")
            #expect(refused.says("PreSignUp failed with error Only <b>example.org</b> may."))
            #expect(!refused.html.contains("<b>example.org"))

            cognito.answer("PreSignUp")
            cognito.refuse("PostConfirmation", "no table")
            let confirm = try await browser.submit(page, AccountPageTests.passwords)
            #expect(confirm.heading == "Confirm your account")
            let told = try await browser.submit(confirm, ["code": try cognito.outbox.code()])
            #expect(told.says("PostConfirmation failed with error no table."))
            #expect(try await cognito.user("new@example.com").string("UserStatus") == "CONFIRMED")
            #expect(
                cognito.functions.sources
                    == ["PreSignUp_SignUp", "PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"]
            )
        }
    }

    @Test("the link of a mail, and a forgotten password", arguments: TestEngine.allCases)
    func others(engine: TestEngine) async throws {
        let pool = Self.pool.with(ConfirmationLinkTests.byLink)
        try await Cognito.run(on: engine, pool: pool, client: Cognito.byPasswordAtPages) { cognito in
            cognito.answer("PreSignUp")
            cognito.answer("PostConfirmation")
            try await cognito.signUp("new@example.com", attributes: [:])
            let code = try cognito.outbox.code()
            let browser = PageBrowser(cognito)
            let link =
                "/confirmUser/?client_id=\(cognito.client.id)&user_name=new@example.com&confirmation_code=\(code)"
            #expect(await browser.get(link).heading == "Your registration has been confirmed!")
            let forgot = await browser.get("/forgotPassword?\(cognito.query())")
            let reset = try await browser.submit(forgot, ["username": "new@example.com"])
            let done = try await browser.submit(
                reset,
                [
                    "code": try cognito.outbox.code(), "new_password": "An0ther!one",
                    "confirm_password": "An0ther!one",
                ]
            )
            #expect(done.location?.hasPrefix("/login?") == true)
            let sources = ["ConfirmSignUp", "ConfirmForgotPassword"].map { "PostConfirmation_\($0)" }
            #expect(cognito.functions.sources == ["PreSignUp_SignUp"] + sources)
            #expect(
                cognito.functions.events.allSatisfy {
                    $0["callerContext"]?["clientId"]?.stringValue == cognito.client.id
                }
            )
        }
    }
}
