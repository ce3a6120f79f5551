import CognitoModel
import Domain
import Testing
import UserPools

/// The pages of challenges: second factors, new passwords, passkeys.
@Suite struct ChallengePageTests {
    private static let password: KeyValuePairs = ["username": "ada", "password": Cognito.password]

    @Test("an authenticator app is set up, and asked for from then on")
    func softwareToken() async throws {
        try await Cognito.run(client: Cognito.byPasswordAtPages) { cognito in
            await cognito.setMFA("ON", "totp")
            try await cognito.addUser()
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            let setup = try await browser.submit(page, Self.password)
            #expect(setup.hidden["challenge_name"] == "MFA_SETUP" && setup.html.contains("<svg"))
            let parameters = try RequestDecoder.document(
                JSONValue.self,
                from: try #require(setup.hidden["challenge_parameters"])
            )
            let app = try Authenticator(try #require(parameters["SECRET_CODE"]?.stringValue))
            for code in ["", "000000"] {
                let wrong = try await browser.submit(setup, ["code": code])
                #expect(wrong.hidden["challenge_parameters"] == setup.hidden["challenge_parameters"])
                #expect(wrong.says(code.isEmpty ? "Please fill in this field." : "Invalid verification code"))
            }
            let long = try await browser.submit(
                setup,
                ["code": app.code(at: cognito.clock.now), "friendly_device_name": String(repeating: "x", count: 300)]
            )
            #expect(long.parameter("code") == nil && long.status == 200)
            let code = app.code(at: cognito.clock.now)
            let done = try await browser.submit(setup, ["code": code, "friendly_device_name": "Phone"])
            #expect(done.parameter("code") != nil)

            cognito.clock.advance(.seconds(30))
            let asked = try await browser.submit(page, Self.password)
            #expect(asked.hidden["challenge_name"] == "SOFTWARE_TOKEN_MFA")
            #expect(try await browser.submit(asked, ["code": "000000"]).says("Invalid verification code"))
            let right = app.code(at: cognito.clock.now)
            #expect(try await browser.submit(asked, ["code": right]).parameter("code") != nil)
            #expect(try await browser.submit(asked, ["code": right]).parameter("code") == nil)
        }
    }

    @Test("a picture that can't be drawn is no fault of the server's")
    func hugeSecret() async throws {
        try await Cognito.run(client: Cognito.byPasswordAtPages) { cognito in
            await cognito.setMFA("ON", "totp")
            try await cognito.addUser()
            let browser = PageBrowser(cognito)
            let setup = try await browser.submit(await browser.get("/login?\(cognito.query())"), Self.password)
            let secret = String(repeating: "A", count: 9000)
            let parameters: Members = ["SECRET_CODE": secret, "MFAS_CAN_SETUP": #"["SOFTWARE_TOKEN_MFA"]"#]
            let document = String(decoding: parameters.json?.jsonBytes ?? [], as: UTF8.self)
            let sent = try await browser.submit(setup, ["challenge_parameters": document, "code": "1"])
            #expect(sent.status == 400 || sent.says("Your session has expired."))
        }
    }

    @Test("one of several second factors is chosen")
    func selection() async throws {
        try await Cognito.run(pool: Cognito.mailing, client: Cognito.byPasswordAtPages) { cognito in
            await cognito.setMFA("OPTIONAL", "totp email")
            try await cognito.addUser()
            let app = try await cognito.enrol()
            await cognito.prefer("totp email")
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            let choice = try await browser.submit(page, Self.password)
            #expect(choice.hidden["challenge_name"] == "SELECT_MFA_TYPE")
            let mail = try await browser.submit(choice, ["mfa": "EMAIL_OTP"])
            #expect(mail.says("a***@e***"))
            #expect(try await browser.submit(mail, ["code": try cognito.outbox.code()]).parameter("code") != nil)
            let token = try await browser.submit(choice, ["mfa": "SOFTWARE_TOKEN_MFA"])
            #expect(token.hidden["challenge_name"] == "SOFTWARE_TOKEN_MFA")
            let right = app.code(at: cognito.clock.now)
            #expect(try await browser.submit(token, ["code": right]).parameter("code") != nil)
            #expect(try await browser.submit(choice, ["mfa": "SMS_MFA"]).says("not available for the user"))
        }
    }

    @Test("a mail address is set up for codes, or an app, whichever the user chooses")
    func setUpByMail() async throws {
        let settings = Cognito.mailing.with(["AccountRecoverySetting": MFASetupTests.phoneFirst])
        try await Cognito.run(pool: settings, client: Cognito.byPasswordAtPages) { cognito in
            await cognito.setMFA("ON", "totp email")
            try await cognito.addUser()
            let address: Members = ["UserAttributeNames": ["email"]]
            try await cognito.ok(AdminDeleteUserAttributes.self, cognito.named("ada", address))
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            let choice = try await browser.submit(page, Self.password)
            #expect(choice.hidden["challenge_name"] == "MFA_SETUP" && choice.asks("mfa"), "\(choice)")
            let app = try await browser.submit(choice, ["mfa": "SOFTWARE_TOKEN_MFA"])
            #expect(app.asks("friendly_device_name"))
            let mail = try await browser.submit(choice, ["mfa": "EMAIL_OTP"])
            #expect(mail.asks("email"))
            let sent = try await browser.submit(mail, ["email": "ada@example.org"])
            #expect(sent.hidden["challenge_name"] == "EMAIL_OTP", "\(sent)")
            #expect(try await browser.submit(sent, ["code": try cognito.outbox.code()]).parameter("code") != nil)
            #expect(try await cognito.user("ada").attributes()["email"] == "ada@example.org")
        }
    }

    @Test("a temporary password is replaced, with what the user lacks")
    func newPassword() async throws {
        let pool: Members = ["Schema": [["Name": "given_name", "Required": true, "Mutable": true] as Members]]
        try await Cognito.run(pool: pool, client: Cognito.byPasswordAtPages) { cognito in
            try await cognito.addInvitedUser()
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            let asked = try await browser.submit(page, Self.password)
            #expect(asked.heading == "Change password" && asked.asks("requiredAttributes[given_name]"))
            let without = try await browser.submit(asked, ["new_password": "New-1x", "confirm_password": "New-1x"])
            #expect(without.says("Please fill in this field."))
            let weak = try await browser.submit(
                asked,
                ["new_password": "N", "confirm_password": "N", "requiredAttributes[given_name]": "Ada"]
            )
            #expect(weak.says("Password did not conform with policy") && weak.html.contains("value=\"Ada\""))
            let done = try await browser.submit(
                weak,
                ["new_password": "New-1x", "confirm_password": "New-1x", "requiredAttributes[given_name]": "Ada"]
            )
            #expect(done.parameter("code") != nil)
            #expect(try await cognito.ok(AdminGetUser.self, cognito.named()).string("UserStatus") == "CONFIRMED")
        }
    }

    @Test("a passkey is offered after a sign-up, and signs in")
    func passkeys() async throws {
        try await Cognito.run(
            pool: Cognito.withPasskeys,
            client: Cognito.atPages
        ) { cognito in
            try await cognito.setPasskeys()
            let browser = PageBrowser(cognito)
            let signUp = await browser.get("/signup?\(cognito.query())")
            let confirm = try await browser.submit(
                signUp,
                [
                    "username": "ada", "password": Cognito.password, "confirm_password": Cognito.password,
                    "requiredAttributes[email]": "ada@example.com",
                ]
            )
            let confirmed = try await browser.submit(confirm, ["code": try cognito.outbox.code()])
            #expect(confirmed.location == "/passkeys/add?\(cognito.query())")
            let offer = await browser.get(confirmed.location ?? "")
            #expect(offer.heading == "Set up a passkey")
            let skipped = try await browser.submit(offer, ["skip": "true"])
            #expect(skipped.parameter("code") != nil)

            var authenticator = SoftwareAuthenticator()
            #expect(try await browser.submit(offer, ["credential": "{"]).says("Invalid credential."))
            let credential = try authenticator.register(try offer.options())
            let text = String(decoding: credential.jsonBytes, as: UTF8.self)
            #expect(try await browser.submit(offer, ["credential": text]).parameter("code") != nil)
            // An answer serves once.
            #expect(try await browser.submit(offer, ["credential": text]).parameter("code") == nil)

            let stranger = PageBrowser(cognito)
            let login = await stranger.get("/login?\(cognito.query())")
            let choice = try await stranger.submit(login, ["username": "ada"])
            let asked = try await stranger.submit(choice, ["challenge": "WEB_AUTHN"])
            authenticator.counter += 1
            let answer = try authenticator.sign(try asked.options())
            let done = try await stranger.submit(
                asked,
                ["credential": String(decoding: answer.jsonBytes, as: UTF8.self)]
            )
            #expect(done.parameter("code") != nil, "\(done)")
        }
    }

    @Test("a passkey is added by nobody who isn't signed in, and leads back to the client")
    func passkeysOfApps() async throws {
        try await Cognito.run(pool: Cognito.withPasskeys, client: Cognito.byPasswordAtPages) { cognito in
            try await cognito.setPasskeys()
            try await cognito.addUser()
            let browser = PageBrowser(cognito)
            let direct =
                "/passkeys/add?client_id=\(cognito.client.id)&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback"
            #expect(await browser.get(direct).status == 403)
            #expect(await browser.get("/passkeys/add?\(cognito.query())").location?.hasPrefix("/login?") == true)
            let page = await browser.get("/login?\(cognito.query())")
            _ = try await browser.submit(page, Self.password)
            let offer = await browser.get(direct)
            #expect(offer.heading == "Set up a passkey")
            let authenticator = SoftwareAuthenticator()
            let credential = try authenticator.register(try offer.options())
            let done = try await browser.submit(
                offer,
                ["credential": String(decoding: credential.jsonBytes, as: UTF8.self)]
            )
            #expect(done.location == "https://app.example/callback?result=success")
            let elsewhere = direct.replacing("app.example", with: "evil.example")
            #expect(await browser.get(elsewhere).location == "/error?error=redirect_mismatch")
            // What the client asks of a sign-in holds on this way back, too.
            cognito.clock.advance(.seconds(300))
            for strict: KeyValuePairs in [
                ["max_age": "10"], ["prompt": "login"], ["acr_values": "urn:cognito:loa:4"],
            ] {
                let offer = await browser.get("/passkeys/add?\(cognito.query(strict))")
                let skipped = try await browser.submit(offer, ["skip": "true"])
                let isRefused = skipped.location?.hasPrefix("/login?") == true
                // A level that the user can't reach isn't asked for.
                #expect(isRefused || strict[0].key == "acr_values", "\(strict)")
            }
            cognito.clock.advance(.hours(1))
            #expect(await browser.get(direct).status == 403)
        }
    }
}

extension ShownPage {
    /// What the page's script asks the browser for.
    fileprivate func options() throws -> JSONValue {
        let text = try #require(html.firstMatch(of: /data-options="([^"]*)"/)?.1, "\(self)")
        return try RequestDecoder.document(JSONValue.self, from: Self.plain(text))
    }
}
