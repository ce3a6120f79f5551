import CognitoModel
import HTTPTransport
import Operations
import Testing
import URISyntax
import UserPools

/// What the pages of a site are like: their version, their style, their languages, and what they say of requests that
/// lead nowhere.
@Suite struct SitePageTests {
    @Test("a domain with managed login has pages for clients with a style")
    func styles() async throws {
        try await Cognito.run(client: Cognito.byPasswordAtPages) { cognito in
            try await cognito.addUser()
            let browser = PageBrowser(cognito, host: try await cognito.pagesHost(version: 2))
            let path = "/login?\(cognito.query())"
            let none = await browser.get(path)
            #expect(none.status == 403 && none.heading == "Login pages unavailable. Please contact an administrator.")
            let client: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
            let settings: Members = [
                "components": ["primaryButton": ["lightMode": ["defaults": ["backgroundColor": "aa3300ff"]]]]
            ]
            let made = try await cognito.ok(CreateManagedLoginBranding.self, client.with(["Settings": settings]))
            let page = await browser.get(path)
            #expect(page.status == 200)
            let sheet = try #require(page.html.firstMatch(of: /href="(\/static\/branding\/[^"]*)"/)?.1)
            let style = await browser.get(String(sheet))
            #expect(style.status == 200 && style.html.contains("#aa3300ff"))
            #expect(style.response.headers["Content-Type"] == "text/css; charset=utf-8")
            let known = await browser.get(
                String(sheet),
                headers: ["If-None-Match": style.response.headers["ETag"] ?? ""]
            )
            #expect(known.status == 304)
            #expect(await browser.get("/static/branding/\(cognito.client.id)/other.css").status == 404)
            #expect(await browser.get("/static/branding/unknown/style.css").status == 404)

            let done = try await browser.submit(page, ["username": "ada", "password": Cognito.password])
            #expect(done.parameter("code") != nil && browser.cookies["cognito"] != nil)

            let id = try made.text("ManagedLoginBranding.ManagedLoginBrandingId")
            try await cognito.ok(
                DeleteManagedLoginBranding.self,
                ["UserPoolId": cognito.pool, "ManagedLoginBrandingId": id]
            )
            #expect(await browser.get(path).status == 403)
        }
    }

    @Test("classic pages have their fields, speak English, and let a user who is signed in go on")
    func classic() async throws {
        try await Cognito.run(client: Cognito.atPages) { cognito in
            try await cognito.addUser()
            let browser = PageBrowser(cognito, host: try await cognito.pagesHost(version: 1))
            let path = "/login?\(cognito.query(["lang": "de"]))"
            let page = await browser.get(path)
            #expect(page.hidden["_csrf"] == browser.cookies["XSRF-TOKEN"] && page.hidden["csrf"] == nil)
            #expect(
                page.html.contains("lang=\"en\"") && page.asks("password") && page.html.contains("cognitoSignInForm")
            )
            let done = try await browser.submit(page, ["username": "ada", "password": Cognito.password])
            #expect(done.parameter("code") != nil)

            let known = await browser.get(path)
            #expect(known.says("Sign in as ada") && !known.asks("password"))
            #expect(try await browser.submit(known, [:]).parameter("code") != nil)
            let other = try #require(known.links.first { $0.contains("prompt=login") })
            #expect(await browser.get(other).asks("password"))

            cognito.clock.advance(.hours(1))
            #expect(await browser.get(path).asks("password"))
            let late = try await browser.submit(known, [:])
            #expect(late.parameter("code") == nil && late.location?.hasPrefix("/login?") == true)
        }
    }

    @Test("a client of another pool isn't known at a domain")
    func otherPools() async throws {
        try await Cognito.run(client: Cognito.atPages) { cognito in
            let browser = PageBrowser(cognito, host: try await cognito.pagesHost(version: 1))
            let other = try await cognito.makeClient(Cognito.atPages, in: try await cognito.makePool())
            let refused = await browser.get("/login?\(cognito.query(client: other))")
            #expect(refused.status == 303 && refused.location == "/error?error=invalid_request")
            #expect(await browser.get(refused.location ?? "").status == 400)
        }
    }

    @Test("the language that was asked for stays")
    func languages() async throws {
        try await Cognito.run(client: Cognito.atPages) { cognito in
            let browser = PageBrowser(cognito)
            let path = "/login?\(cognito.query())"
            #expect(await browser.get(path).html.contains("lang=\"en\""))
            #expect(await browser.get(path, headers: ["Accept-Language": "ja"]).html.contains("lang=\"ja\""))
            #expect(await browser.get("\(path)&lang=de").html.contains("lang=\"de\""))
            #expect(browser.cookies["lang"] == "de")
            #expect(await browser.get(path, headers: ["Accept-Language": "ja"]).html.contains("lang=\"de\""))
            #expect(await browser.get("\(path)&lang=%3Cscript%3E").html.contains("lang=\"de\""))
        }
    }

    @Test("nobody frames, keeps or reads pages, and nothing runs in them")
    func headers() async throws {
        try await Cognito.run(client: Cognito.atPages) { cognito in
            let browser = PageBrowser(cognito)
            for path in ["/login?\(cognito.query())", "/signup?\(cognito.query())", "/error", "/login"] {
                let headers = await browser.get(path).response.headers
                let policy = try #require(headers["Content-Security-Policy"])
                #expect(policy.hasPrefix("default-src 'none'; ") && !policy.contains("unsafe"))
                #expect(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"))
                #expect(headers["X-Frame-Options"] == "DENY" && headers["X-Content-Type-Options"] == "nosniff")
                #expect(headers["Cache-Control"] == "no-store" && headers["Referrer-Policy"] == "same-origin")
                #expect(headers["Access-Control-Allow-Origin"] == nil)
                let cookie = try #require(headers.values("Set-Cookie").first { $0.hasPrefix("XSRF-TOKEN=") })
                #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Lax"))
            }
        }
    }

    @Test(
        "what is wrong about a request is told on a page, or to the client",
        arguments: [
            ("client_id", "unknown", "/error?error=invalid_request"),
            ("redirect_uri", "https://evil.example", "/error?error=redirect_mismatch"),
            ("response_type", "token", "https://app.example/callback#"),
            ("scope", "phone", "https://app.example/callback?"),
        ]
    )
    func refusals(name: String, value: String, location: String) async throws {
        try await Cognito.run(client: Cognito.atPages) { cognito in
            let kept = cognito.query().split(separator: "&").filter { !$0.hasPrefix("\(name)=") }
            let target = (kept.map(String.init) + ["\(name)=\(PercentEncoding.encode(value))"]).joined(separator: "&")
            let answer = await PageBrowser(cognito).get("/login?\(target)")
            #expect(answer.location?.hasPrefix(location) == true, "\(answer)")
        }
    }

    @Test("the page of errors says nothing that a link has it say")
    func reflection() async throws {
        try await Cognito.run(client: Cognito.atPages) { cognito in
            let browser = PageBrowser(cognito)
            for text in ["redirect_mismatch", "server_error"] {
                #expect(await browser.get("/error?error=\(text)").says(text))
            }
            for text in ["Call+us+now", "%3Cscript%3E", "redirect_mismatch+"] {
                let page = await browser.get("/error?error=\(text)")
                #expect(page.status == 400 && !page.says("Call us") && !page.html.contains("<script>"))
            }
        }
    }
}
