import CognitoModel
import Domain
import HTTPTransport
import Testing

@testable import Server

/// The page at which developers look at what was "sent".
@Suite struct InboxTests {
    @Test("mails and texts are listed, the newest first and shown; a code stands by itself")
    func page() async throws {
        try await TestServer.run { server in
            try await server.send(mail: "<p>It is <b>123456</b></p>", to: "ada@example.com", code: "123456")
            try await server.send(text: "Your code is 77 & <b>", to: "+15551234567")
            let page = await server.get("/_martlet/inbox")
            let html = page.html
            #expect(page.response.status == 200)
            let first = try #require(html.firstRange(of: "+15551234567")),
                second = try #require(html.firstRange(of: "ada@example.com"))
            #expect(first.lowerBound < second.lowerBound)
            #expect(
                html.contains("2 messages") && html.contains(#"<p class="bubble">Your code is 77 &amp; &lt;b&gt;</p>"#)
            )
            #expect(html.contains(#"data-state="2-2""#))
            let mail = await server.get("/_martlet/inbox?message=1").html
            #expect(mail.contains(#"<output id="code" aria-label="Code">123456</output>"#))
            #expect(mail.contains(#"sandbox="allow-popups allow-popups-to-escape-sandbox""#))
            #expect(mail.contains(#"src="/_martlet/inbox/1/mail""#) && mail.contains("<pre>It is 123456</pre>"))
            #expect(!mail.contains("<b>123456</b>"))
        }
    }

    @Test("it is filtered by what stands in addresses, and says when it differs")
    func filter() async throws {
        try await TestServer.run { server in
            let nothing = await server.get("/_martlet/inbox?to=Ada").html
            #expect(nothing.contains("Nothing was sent there") && nothing.contains(#"value="Ada""#))
            #expect(await server.get("/_martlet/inbox").html.contains("Nothing was sent yet"))
            try await server.send(mail: "a", to: "ada@example.com")
            try await server.send(mail: "b", to: "bob@example.com")
            let page = await server.get("/_martlet/inbox?to=ADA").html
            #expect(
                page.contains("1 message<") && page.contains("ada@example.com") && !page.contains("bob@example.com")
            )
            #expect(page.contains("/_martlet/inbox?to=ADA&amp;message=1"))
            #expect(await server.get("/_martlet/inbox/state").json?["State"] == .string("2-2"))
            #expect(await server.get("/_martlet/inbox/state?to=ada").json?["State"] == .string("1-1"))
            let attack = await server.get("/_martlet/inbox?to=%22%3E%3Cscript%3E").html
            #expect(attack.contains("&quot;&gt;&lt;script&gt;") && !attack.contains("\"><script>"))
            server.application.inbox?.clear()
            #expect(await server.get("/_martlet/inbox/state").json?["State"] == .string("0-0"))
        }
    }

    @Test("a mail is served by itself so that it can run nothing and is of no origin")
    func mail() async throws {
        try await TestServer.run { server in
            try await server.send(mail: "<script>steal()</script><a href=\"/x\">x</a>", to: "ada@example.com")
            let mail = await server.get("/_martlet/inbox/1/mail")
            let policy = try #require(mail.response.headers["Content-Security-Policy"])
            #expect(policy.hasPrefix("default-src 'none';") && !policy.contains("script"))
            #expect(policy.hasSuffix("; sandbox allow-popups allow-popups-to-escape-sandbox"))
            #expect(mail.html.hasSuffix("<script>steal()</script><a href=\"/x\">x</a>"))
            #expect(mail.html.contains("<base target=\"_blank\">"))
            #expect(mail.response.headers["X-Content-Type-Options"] == "nosniff")
            try await server.send(mail: "1 < 2", to: "ada@example.com", isHTML: false)
            let text = await server.get("/_martlet/inbox/2/mail")
            #expect(text.html == "1 < 2" && text.response.headers["Content-Type"] == "text/plain; charset=utf-8")
            for path in ["/_martlet/inbox/3/mail", "/_martlet/inbox/x/mail", "/_martlet/inbox/0/mail"] {
                #expect(await server.get(path).response.status == 404)
            }
        }
    }

    @Test("pages of other sites get none of it", arguments: ["", "/state", "/1/mail"])
    func foreign(path: String) async throws {
        try await TestServer.run { server in
            try await server.send(mail: "secret", to: "ada@example.com")
            let foreign: [HTTPHeaders] = [
                ["Origin": "https://a.example"], ["Sec-Fetch-Site": "cross-site"], ["Host": "rebound.example:8484"],
            ]
            for headers in foreign {
                let answer = await server.get("/_martlet/inbox" + path, headers)
                #expect(answer.response.status >= 400 && !answer.html.contains("secret"))
            }
            #expect(await server.get("/_martlet/inbox" + path).response.status == 200)
        }
    }
}

extension Answer {
    fileprivate var html: String { String(decoding: response.body, as: UTF8.self) }
}

extension TestServer {
    fileprivate func get(_ path: String, _ headers: HTTPHeaders = [:]) async -> Answer {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        return await send(
            HTTPRequest(
                method: "GET",
                path: parts[0],
                query: parts.count > 1 ? parts[1] : nil,
                headers: headers,
                remoteAddress: "127.0.0.1"
            )
        )
    }

    fileprivate func send(mail body: String, to address: String, code: String? = nil, isHTML: Bool = true) async throws
    {
        let message = Message(
            id: "id",
            poolID: "pool",
            to: address,
            channel: .email,
            subject: "Subject",
            body: body,
            code: code,
            sentAt: clock.wallClock.now(),
            isHTML: isHTML
        )
        try await application.inbox?.deliver(message)
    }

    fileprivate func send(text: String, to number: String) async throws {
        let now = clock.wallClock.now()
        let message = Message(
            id: "id",
            poolID: "pool",
            to: number,
            channel: .sms,
            subject: nil,
            body: text,
            code: nil,
            sentAt: now
        )
        try await application.inbox?.deliver(message)
    }
}
