import CognitoModel
import DatabaseTestSupport
import Domain
import HTTPTransport
import Testing
import UserPools

/// `/login`, from the name to the client's redirect URI.
@Suite struct SignInPageTests {
    @Test("name and password lead to a code, and to a cookie of the browser's own", arguments: TestEngine.allCases)
    func password(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, client: Cognito.byPasswordAtPages) { cognito in
            try await cognito.addUser()
            let browser = PageBrowser(cognito)
            let asked = await browser.get("/oauth2/authorize?\(cognito.query())")
            #expect(asked.location?.hasSuffix("/login?\(cognito.query())") == true)
            let page = await browser.get("/login?\(cognito.query())")
            #expect(page.status == 200 && page.asks("password") && page.hidden["csrf"] == browser.cookies["XSRF-TOKEN"])

            let wrong = try await browser.submit(page, ["username": "ada", "password": "Wr0ng!one"])
            #expect(wrong.status == 200 && wrong.says("Incorrect username or password.") && wrong.says("ada"))
            #expect(!wrong.says("Wr0ng!one"))
            #expect(browser.cookies["cognito-\(cognito.pool)"] == nil)

            let done = try await browser.submit(wrong, ["username": " ada ", "password": Cognito.password])
            #expect(done.status == 302 && done.location?.hasPrefix("\(Cognito.callback)?code=") == true)
            #expect(done.parameter("state") == "s")
            let first = try #require(browser.cookies["cognito-\(cognito.pool)"])

            // A sign-in never goes on with the cookie that was there.
            let again = await browser.get("/login?\(cognito.query(["prompt": "login"]))")
            _ = try await browser.submit(again, ["username": "ada", "password": Cognito.password])
            #expect(browser.cookies["cognito-\(cognito.pool)"] != first)
            // And who has a copy of that has nothing any more.
            let target = "/oauth2/authorize?\(cognito.query())"
            #expect(await browser.get(target).parameter("code") != nil)
            let copy = await browser.get(target, headers: ["Cookie": "cognito-\(cognito.pool)=\(first)"])
            #expect(copy.location?.contains("/login?") == true)
        }
    }

    @Test("a field that is empty is asked for again", arguments: ["username", "password"])
    func empty(field: String) async throws {
        try await Cognito.run(client: Cognito.byPasswordAtPages) { cognito in
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            let name = field == "username" ? "  " : "ada"
            let sent = try await browser.submit(page, ["username": name, "password": ""])
            #expect(sent.status == 200 && sent.says("Please fill in this field."))
        }
    }

    @Test("a challenge that was answered too late, twice or elsewhere leads back to the beginning")
    func sessions() async throws {
        try await Cognito.run(pool: Cognito.choice, client: Cognito.atPages) { cognito in
            try await cognito.addUser()
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            let choice = try await browser.submit(page, ["username": "ada"])
            #expect(choice.heading == "Choose how to sign in")
            let asked = try await browser.submit(choice, ["challenge": "EMAIL_OTP"])
            let code = try cognito.outbox.code()

            // Another client's page takes it no more than the API does.
            let other = try await cognito.makeClient(Cognito.atPages)
            let elsewhere = await browser.get("/login?\(cognito.query(client: other))")
            let foreign = try await browser.submit(asked, to: elsewhere.action, ["code": code])
            #expect(foreign.says("Your session has expired. Please sign in again.") && foreign.asks("username"))
            let byAPI = await cognito.respond(
                "EMAIL_OTP",
                ["USERNAME": "ada", "EMAIL_OTP_CODE": code],
                session: asked.hidden["session"]
            )
            #expect(byAPI.refusal?.message == "Invalid session for the user.")

            let done = try await browser.submit(asked, ["code": code])
            #expect(done.parameter("code") != nil)
            let replayed = try await browser.submit(asked, ["code": code])
            #expect(replayed.status == 200 && replayed.says("Your session has expired. Please sign in again."))

            let late = try await browser.submit(choice, ["challenge": "EMAIL_OTP"])
            let lateCode = try cognito.outbox.code()
            cognito.clock.advance(.minutes(3))
            let expired = try await browser.submit(late, ["code": lateCode])
            #expect(expired.says("Your session has expired. Please sign in again."))
        }
    }

    @Test("the API's sessions are none of the pages'")
    func surface() async throws {
        try await Cognito.run(pool: Cognito.choice, client: Cognito.atPages) { cognito in
            try await cognito.addUser()
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            let choice = try await browser.submit(page, ["username": "ada"])
            let begun = await cognito.initiate("USER_AUTH", ["USERNAME": "ada", "PREFERRED_CHALLENGE": "EMAIL_OTP"])
            let sent = try await browser.submit(
                choice,
                [
                    "challenge_name": "EMAIL_OTP", "session": try begun.text("Session"),
                    "code": try cognito.outbox.code(),
                ]
            )
            #expect(sent.says("Your session has expired. Please sign in again."))
        }
    }

    @Test("what stands in hidden fields is believed by nobody")
    func tampering() async throws {
        try await Cognito.run(pool: Cognito.choice, client: Cognito.atPages) { cognito in
            try await cognito.addUser()
            try await cognito.addUser("bea")
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            let choice = try await browser.submit(page, ["username": "ada"])
            let asked = try await browser.submit(choice, ["challenge": "EMAIL_OTP"])
            let code = try cognito.outbox.code()
            let names = ["bea", "<script>alert(1)</script>", "", String(repeating: "x", count: 5000)]
            for name in names {
                let sent = try await browser.submit(asked, ["username": name, "code": code])
                #expect(sent.status == 200 && sent.asks("username"))
                #expect(!sent.html.contains("<script>alert"))
            }
            for challenge in [
                "SOFTWARE_TOKEN_MFA", "MFA_SETUP", "SELECT_CHALLENGE", "WEB_AUTHN", "NOTHING", "CUSTOM_CHALLENGE",
            ] {
                let sent = try await browser.submit(
                    asked,
                    ["challenge_name": challenge, "code": code, "challenge": "PASSWORD"]
                )
                #expect(sent.parameter("code") == nil && sent.status < 500)
            }
            for document in [
                "[", "[1]", "{\"CODE_DELIVERY_DESTINATION\": \"<b>\"}", String(repeating: "[", count: 9000),
            ] {
                let sent = try await browser.submit(asked, ["challenge_parameters": document, "code": "000000"])
                #expect(sent.status == 200 && !sent.html.contains("<b>"))
            }
            #expect(try await browser.submit(asked, ["code": code]).parameter("code") != nil)
        }
    }

    @Test("a client without the pool's own users takes no name")
    func federatedAlone() async throws {
        let settings = Cognito.byPasswordAtPages
        try await Cognito.run(client: settings) { cognito in
            try await cognito.addUser()
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            try await cognito.ok(
                CreateIdentityProvider.self,
                [
                    "UserPoolId": cognito.pool, "ProviderName": "Google", "ProviderType": "Google",
                    "ProviderDetails": ["client_id": "i", "client_secret": "s", "authorize_scopes": "openid"],
                ]
            )
            let named: Members = [
                "UserPoolId": cognito.pool, "ClientId": cognito.client.id, "SupportedIdentityProviders": ["Google"],
            ]
            try await cognito.ok(UpdateUserPoolClient.self, settings.with(named))
            #expect(await browser.get("/login?\(cognito.query())").asks("username") == false)
            let sent = try await browser.submit(page, ["username": "ada", "password": Cognito.password])
            #expect(sent.parameter("code") == nil)
        }
    }

    @Test("who is disabled, or locked out, is told what the API tells")
    func refusals() async throws {
        try await Cognito.run(client: Cognito.byPasswordAtPages) { cognito in
            try await cognito.addUser()
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            try await cognito.disable()
            let disabled = try await browser.submit(page, ["username": "ada", "password": Cognito.password])
            #expect(disabled.says("User is disabled.") && disabled.parameter("code") == nil)
        }
    }
}
