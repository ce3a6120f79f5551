import HTTPTransport
import Testing
import UserPools

/// Forms that other sites send in a browser's name.
@Suite struct AntiForgeryTests {
    @Test("a form is taken from the site itself alone")
    func origins() async throws {
        try await Cognito.run(client: Cognito.byPasswordAtPages) { cognito in
            try await cognito.addUser()
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            let filled: KeyValuePairs = ["username": "ada", "password": Cognito.password]
            let refused: [HTTPHeaders] = [
                ["Origin": "https://evil.example"], ["Origin": "null"], ["Origin": "http://127.0.0.1"],
                ["Origin": "https://127.0.0.1:8484"], ["Origin": "http://a.127.0.0.1:8484"],
                ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "nonsense"],
                ["Origin": "http://127.0.0.1:8484", "Sec-Fetch-Site": "same-site"],
            ]
            for headers in refused {
                let answer = try await browser.submit(page, headers: headers, filled)
                #expect(answer.status == 403 && answer.location == nil, "\(headers)")
                #expect(browser.cookies["cognito-\(cognito.pool)"] == nil)
            }
            let taken: [HTTPHeaders] = [
                [:], ["Origin": "http://127.0.0.1:8484"], ["Sec-Fetch-Site": "same-origin"],
                ["Origin": "http://127.0.0.1:8484", "Sec-Fetch-Site": "same-origin"],
            ]
            for headers in taken {
                let answer = try await browser.submit(page, headers: headers, filled)
                #expect(answer.parameter("code") != nil, "\(headers)")
            }
        }
    }

    @Test("a form without the browser's token does nothing, whichever page it is for")
    func tokens() async throws {
        try await Cognito.run(client: Cognito.byPasswordAtPages) { cognito in
            try await cognito.addUser()
            let browser = PageBrowser(cognito)
            let page = await browser.get("/login?\(cognito.query())")
            let token = try #require(browser.cookies["XSRF-TOKEN"])
            let paths = [
                "/login", "/signup", "/confirm", "/resendcode", "/forgotPassword", "/confirmforgotPassword",
                "/passkeys/add",
            ]
            let fields = ["username": "ada", "password": Cognito.password, "code": "000000"]
            for path in paths {
                for csrf in [nil, "", "00000000-0000-4000-8000-000000000000", String(token.dropLast())] {
                    let answer = await browser.post("\(path)?\(cognito.query())", fields.with("csrf", csrf))
                    #expect(answer.status == 403, "\(path) \(csrf ?? "nothing")")
                }
                let tossed = await browser.post(
                    "\(path)?\(cognito.query())",
                    fields.with("csrf", token),
                    headers: ["Cookie": "XSRF-TOKEN=\(token); XSRF-TOKEN=\(token)"]
                )
                #expect(tossed.status == 403)
            }
            #expect(cognito.outbox.messages.isEmpty)
            #expect(page.status == 200)
        }
    }

    @Test("looking at pages changes nothing")
    func looking() async throws {
        try await Cognito.run(client: Cognito.byPasswordAtPages) { cognito in
            try await cognito.addUser()
            let browser = PageBrowser(cognito)
            for path in ["/login", "/signup", "/confirm", "/forgotPassword", "/confirmforgotPassword"] {
                let query = cognito.query(["username": "ada", "password": Cognito.password, "code": "000000"])
                #expect(await browser.get("\(path)?\(query)").status < 400)
            }
            #expect(await browser.get("/resendcode?\(cognito.query())").status == 405)
            #expect(cognito.outbox.messages.isEmpty)
        }
    }
}

extension [String: String] {
    fileprivate func with(_ name: String, _ value: String?) -> [String: String] {
        var changed = self
        changed[name] = value
        return changed
    }
}
