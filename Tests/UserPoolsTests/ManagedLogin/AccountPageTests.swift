import CognitoModel
import DatabaseTestSupport
import Domain
import Testing
import UserPools

/// `/signup`, `/confirm`, `/resendcode`, `/confirmUser`, `/forgotPassword` and `/confirmforgotPassword`.
@Suite struct AccountPageTests {
    static let byEmail: Members = ["UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"]]
    static let passwords: KeyValuePairs = [
        "password": Cognito.password, "confirm_password": Cognito.password, "username": "new@example.com",
    ]

    @Test("a new user confirms the address and comes back to sign in", arguments: TestEngine.allCases)
    func signUp(engine: TestEngine) async throws {
        let client = Cognito.byPasswordAtPages.with(["GenerateSecret": true])
        try await Cognito.run(on: engine, pool: Self.byEmail, client: client) { cognito in
            let browser = PageBrowser(cognito)
            let page = await browser.get("/signup?\(cognito.query())")
            #expect(page.heading == "Sign up" && !page.asks("requiredAttributes[email]"))
            let confirm = try await browser.submit(page, Self.passwords)
            #expect(confirm.heading == "Confirm your account" && confirm.says("n***@e***"))
            let wrong = try await browser.submit(confirm, ["code": "000000"])
            #expect(wrong.says("Invalid verification code provided, please try again.") && wrong.says("n***@e***"))
            let first = try cognito.outbox.code()
            let resent = try await browser.submit(wrong, to: "/resendcode?\(cognito.query())", ["resend": "true"])
            let second = try cognito.outbox.code()
            #expect(resent.says("n***@e***") && second != first)
            let done = try await browser.submit(resent, ["code": try cognito.outbox.code()])
            #expect(done.heading == "Your registration has been confirmed!")
            let link = try #require(done.links.first)
            let signIn = await browser.get(link)
            let signedIn = try await browser.submit(
                signIn,
                ["username": "new@example.com", "password": Cognito.password]
            )
            #expect(signedIn.parameter("code") != nil)
        }
    }

    @Test("what the API refuses of a new user, the page shows beside what was filled in")
    func refused() async throws {
        try await Cognito.run(pool: Self.byEmail, client: Cognito.byPasswordAtPages) { cognito in
            let browser = PageBrowser(cognito)
            let page = await browser.get("/signup?\(cognito.query())")
            let cases: [(KeyValuePairs<String, String>, String)] = [
                (["username": "", "password": "x", "confirm_password": "x"], "Please fill in this field."),
                (["username": "a@b.example", "password": "Passw0rd!", "confirm_password": "other"], "don't match"),
                (
                    ["username": "a@b.example", "password": "short", "confirm_password": "short"],
                    "Password did not conform with policy: Password not long enough"
                ),
                (
                    ["username": "ada", "password": "Passw0rd!", "confirm_password": "Passw0rd!"],
                    "Username should be an email."
                ),
                (
                    [
                        "username": "a@b.example", "password": String(repeating: "x", count: 300),
                        "confirm_password": String(repeating: "x", count: 300),
                    ],
                    "1 validation error detected"
                ),
            ]
            for (fields, text) in cases {
                let shown = try await browser.submit(page, fields)
                #expect(shown.status == 200 && shown.heading == "Sign up" && shown.says(text), "\(text): \(shown)")
            }
            #expect(cognito.outbox.messages.isEmpty)
            let made = try await browser.submit(page, Self.passwords)
            #expect(made.heading == "Confirm your account")
            let taken = try await browser.submit(page, Self.passwords)
            #expect(taken.heading == "Sign up" && taken.says("exists"))
        }
    }

    @Test("required attributes are asked for, and an address that can be verified")
    func attributes() async throws {
        let pool: Members = [
            "Schema": [
                ["Name": "given_name", "Required": true, "Mutable": true] as Members,
                ["Name": "birthdate", "Required": true, "Mutable": true] as Members,
            ]
        ]
        try await Cognito.run(pool: pool, client: Cognito.byPasswordAtPages) { cognito in
            let browser = PageBrowser(cognito)
            let page = await browser.get("/signup?\(cognito.query())")
            for name in ["given_name", "birthdate", "email"] { #expect(page.asks("requiredAttributes[\(name)]")) }
            let sent = try await browser.submit(
                page,
                [
                    "username": "new", "password": Cognito.password, "confirm_password": Cognito.password,
                    "requiredAttributes[given_name]": "Ada <b>", "requiredAttributes[email]": "new@example.com",
                ]
            )
            #expect(sent.says("Please fill in this field.") && sent.html.contains("Ada &lt;b"))
            let done = try await browser.submit(
                page,
                [
                    "username": "new", "password": Cognito.password, "confirm_password": Cognito.password,
                    "requiredAttributes[given_name]": "Ada", "requiredAttributes[birthdate]": "1815-12-10",
                    "requiredAttributes[email]": "new@example.com", "requiredAttributes[nickname]": "unasked",
                ]
            )
            #expect(done.heading == "Confirm your account")
            let shown = try await cognito.ok(AdminGetUser.self, cognito.named("new"))
            #expect(shown.attributes()["given_name"] == "Ada" && shown.attributes()["nickname"] == nil)
        }
    }

    @Test("pools that administrators fill have no way to sign up")
    func closed() async throws {
        let pool: Members = ["AdminCreateUserConfig": ["AllowAdminCreateUserOnly": true] as Members]
        try await Cognito.run(pool: pool, client: Cognito.byPasswordAtPages) { cognito in
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            #expect(!page.links.contains { $0.hasPrefix("/signup") })
            #expect(await browser.get("/signup?\(cognito.query())").location?.hasPrefix("/login?") == true)
            let sent = await browser.post(
                "/signup?\(cognito.query())",
                page.hidden.merging(Self.fields) { _, new in new }
            )
            #expect(sent.location?.hasPrefix("/login?") == true && cognito.outbox.messages.isEmpty)
        }
    }

    private static let fields = Dictionary(passwords.map { ($0.key, $0.value) }) { first, _ in first }

    @Test("who signs in before they are confirmed is asked for the code")
    func unconfirmed() async throws {
        try await Cognito.run(client: Cognito.byPasswordAtPages) { cognito in
            try await cognito.signUp()
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            let guessed = try await browser.submit(page, ["username": "ada", "password": "Wr0ng!one"])
            #expect(guessed.says("Incorrect username or password."))
            let confirm = try await browser.submit(page, ["username": "ada", "password": Cognito.password])
            #expect(confirm.heading == "Confirm your account")
            let done = try await browser.submit(confirm, ["code": try cognito.outbox.code()])
            #expect(done.heading == "Your registration has been confirmed!")
        }
    }

    @Test("the code of a sign-up signs in where the client has USER_AUTH, once")
    func signedInBySignUp() async throws {
        try await Cognito.run(pool: Cognito.choice, client: Cognito.atPages) { cognito in
            let browser = PageBrowser(cognito)
            let page = await browser.get("/signup?\(cognito.query())")
            let confirm = try await browser.submit(
                page,
                [
                    "username": "new", "password": Cognito.password, "confirm_password": Cognito.password,
                    "requiredAttributes[email]": "new@example.com",
                ]
            )
            let code = try cognito.outbox.code()
            let done = try await browser.submit(confirm, ["code": code])
            #expect(done.parameter("code") != nil && browser.cookies["cognito-\(cognito.pool)"] != nil)
            let again = try await browser.submit(confirm, ["code": code])
            #expect(again.parameter("code") == nil && again.status == 200)
        }
    }

    @Test("a forgotten password is replaced by a code")
    func forgotten() async throws {
        try await Cognito.run(client: Cognito.byPasswordAtPages) { cognito in
            try await cognito.addUser()
            let browser = PageBrowser(cognito)
            let page = await browser.get("/forgotPassword?\(cognito.query())")
            let reset = try await browser.submit(page, ["username": "ada"])
            #expect(reset.heading == "Reset your password" && reset.says("a***@e***"))
            let code = try cognito.outbox.code()
            let cases: [(KeyValuePairs<String, String>, String)] = [
                (["code": "", "new_password": "New-1x", "confirm_password": "New-1x"], "Please fill in this field."),
                (
                    ["code": "000000", "new_password": "New-1x", "confirm_password": "New-1x"],
                    "Invalid verification code"
                ),
                (["code": code, "new_password": "New-1x", "confirm_password": "New-1y"], "don't match"),
                (
                    ["code": code, "new_password": "N1", "confirm_password": "N1"],
                    "Password did not conform with policy"
                ),
            ]
            for (fields, text) in cases {
                let shown = try await browser.submit(reset, fields)
                #expect(shown.heading == "Reset your password" && shown.says(text) && shown.says("a***@e***"))
            }
            let done = try await browser.submit(
                reset,
                ["code": code, "new_password": "New-1x", "confirm_password": "New-1x"]
            )
            #expect(done.status == 303 && done.location == "/login?\(cognito.query())")
            let signIn = await browser.get(done.location ?? "")
            let old = try await browser.submit(signIn, ["username": "ada", "password": Cognito.password])
            #expect(old.says("Incorrect username or password."))
            #expect(
                try await browser.submit(signIn, ["username": "ada", "password": "New-1x"]).parameter("code") != nil
            )
        }
    }

    @Test("a forgotten password leads to the code's page whoever was named, where the client hides who exists")
    func hidden() async throws {
        let client = Cognito.byPasswordAtPages.with(["PreventUserExistenceErrors": "ENABLED"])
        try await Cognito.run(client: client) { cognito in
            try await cognito.addUser()
            let browser = PageBrowser(cognito)
            let page = await browser.get("/forgotPassword?\(cognito.query())")
            for name in ["ada", try await cognito.nobody()] {
                let reset = try await browser.submit(page, ["username": name])
                #expect(reset.heading == "Reset your password")
                let wrong = try await browser.submit(
                    reset,
                    ["code": "000000", "new_password": "New-1x", "confirm_password": "New-1x"]
                )
                #expect(wrong.says("Invalid verification code provided, please try again."), "\(name)")
            }
        }
    }

    @Test("a mail's link confirms once, and only with its code")
    func link() async throws {
        try await Cognito.run(client: Cognito.atPages) { cognito in
            try await cognito.signUp()
            let browser = PageBrowser(cognito)
            let code = try cognito.outbox.code()
            let base = "client_id=\(cognito.client.id)&user_name=ada"
            for path in ["/confirmUser?\(base)", "/confirmUser/?user_name=ada&confirmation_code=\(code)"] {
                #expect(await browser.get(path).location?.hasPrefix("/error") == true)
            }
            #expect(await browser.get("/confirmUser/?\(base)&confirmation_code=000000").status == 400)
            let done = await browser.get("/confirmUser/?\(base)&confirmation_code=\(code)")
            #expect(done.status == 200 && done.heading == "Your registration has been confirmed!")
            #expect(await browser.get("/confirmUser/?\(base)&confirmation_code=\(code)").status == 400)
        }
    }

    @Test("new users agree to the client's terms, in their language")
    func terms() async throws {
        try await Cognito.run(client: Cognito.atPages) { cognito in
            let browser = PageBrowser(cognito)
            for name in ["terms-of-use", "privacy-policy"] {
                #expect(await !browser.get("/signup?\(cognito.query())").says("By signing up"))
                try await cognito.ok(
                    CreateTerms.self,
                    [
                        "UserPoolId": cognito.pool, "ClientId": cognito.client.id, "TermsName": name,
                        "TermsSource": "LINK", "Enforcement": "NONE",
                        "Links": [
                            "cognito:default": "https://example.com/\(name)",
                            "cognito:german": "https://example.com/de/\(name)",
                        ],
                    ]
                )
            }
            let english = await browser.get("/signup?\(cognito.query())")
            #expect(english.links.contains("https://example.com/terms-of-use"))
            #expect(english.links.contains("https://example.com/privacy-policy"))
            let german = await browser.get("/signup?\(cognito.query(["lang": "de"]))")
            #expect(german.links.contains("https://example.com/de/privacy-policy"))
        }
    }
}
