import NetworkClient
import Testing

@Suite("Mail", .timeLimit(.minutes(1))) struct MailTests {
    @Test("The dialogue, with dots doubled and nothing that could be added")
    func dialogue() async throws {
        try await withPeer(script: MailPeer().script) { client, server in
            var mail = plainMail
            mail.to = ["a@example.com", "b@example.com"]
            mail.message = Array(".first\r\nSubject: s\r\n\r\n.\r\n..two\r\nlast".utf8)
            try await client.submit(mail, to: server.mailServer)
            #expect(
                server.lines == [
                    "EHLO client.example", "MAIL FROM:<from@example.com> SIZE=\(mail.message.count)",
                    "RCPT TO:<a@example.com>", "RCPT TO:<b@example.com>", "DATA",
                    "..first", "Subject: s", "", "..", "...two", "last", ".",
                ]
            )
        }
    }

    @Test("A mail of megabytes arrives whole, and nobody may be the sender")
    func large() async throws {
        try await withPeer(script: MailPeer().script) { client, server in
            var mail = plainMail
            mail.from = ""
            let line = String(repeating: "x", count: 76)
            mail.message = Array(String(repeating: line + "\r\n", count: 40_000).utf8)
            try await client.submit(mail, to: server.mailServer)
            #expect(server.lines[1].hasPrefix("MAIL FROM:<> "))
            #expect(server.lines.filter { $0 == line }.count == 40_000)
        }
    }

    @Test("Many mails, one connection")
    func reuse() async throws {
        try await withPeer(script: MailPeer().script) { client, server in
            for _ in 0..<20 { try await client.submit(plainMail, to: server.mailServer) }
            #expect(server.connections == 1)
            #expect(server.lines.filter { $0.hasPrefix("EHLO") }.count == 1)
            #expect(server.lines.filter { $0 == "." }.count == 20)
        }
    }

    @Test("Mails at once share the client")
    func concurrency() async throws {
        try await withPeer(script: MailPeer().script) { client, server in
            try await withThrowingTaskGroup { group in
                for _ in 0..<50 {
                    group.addTask { try await client.submit(plainMail, to: server.mailServer) }
                }
                try await group.waitForAll()
            }
            #expect(server.lines.filter { $0 == "." }.count == 50)
        }
    }

    @Test(
        "A connection that the server closed while it was idle is replaced, and each mail is taken once",
        arguments: ["", "421 4.4.2 idle for too long"]
    )
    func closedWhileIdle(farewell: String) async throws {
        let peer = MailPeer(mailsPerConnection: 2, farewell: farewell)
        try await withPeer(script: peer.script) { client, server in
            for _ in 0..<10 { try await client.submit(plainMail, to: server.mailServer) }
            #expect(server.lines.filter { $0 == "." }.count == 10)
            #expect(server.connections == 5)
        }
    }

    @Test("So is one whose server has had enough at the next mail", arguments: ["421 4.7.0 too many mails", ""])
    func hasHadEnough(reply: String) async throws {
        let script: @Sendable (Peer) throws -> Void = { peer in
            // Every connection takes one mail.
            var mailPeer = MailPeer(mailsPerConnection: 1)
            try mailPeer.script(peer)
            mailPeer.replies = [:]
            _ = try peer.line()
            if !reply.isEmpty { try peer.send(reply + "\r\n") }
        }
        try await withPeer(script: script) { client, server in
            for _ in 0..<3 { try await client.submit(plainMail, to: server.mailServer) }
            #expect(server.connections == 3)
            #expect(server.lines.filter { $0 == "." }.count == 3)
        }
    }

    @Test("Other credentials have other connections")
    func credentials() async throws {
        var peer = MailPeer()
        peer.offers = ["AUTH PLAIN"]
        try await withPeer(script: peer.script) { client, server in
            for (user, password) in [("a", "1"), ("b", "1"), ("a", "2"), ("a", "1")] {
                var mailServer = server.mailServer
                mailServer.authentication = .password(user: user, password: password, mechanism: .plain)
                try await client.submit(plainMail, to: mailServer)
            }
            try await client.submit(plainMail, to: server.mailServer)
            #expect(server.connections == 4)
            #expect(server.lines.filter { $0.hasPrefix("AUTH PLAIN") }.count == 3)
        }
    }

    @Test(
        "What a server says decides what kind of failure it is",
        arguments: [
            ("RCPT", "550 5.1.1 nobody of this name", MailFailure.permanent(reply(550, "5.1.1 nobody of this name"))),
            ("RCPT", "450 4.2.0 greylisted", .transient(reply(450, "4.2.0 greylisted"))),
            ("RCPT TO:<b@example.com>", "550 5.1.1 no", .permanent(reply(550, "5.1.1 no"))),
            ("RCPT", "550-5.1.1 two\r\n550 5.1.1 lines", .permanent(reply(550, "5.1.1 two 5.1.1 lines"))),
            ("MAIL", "552 5.3.4 too large", .permanent(reply(552, "5.3.4 too large"))),
            ("MAIL", "452 4.3.1 disk full", .transient(reply(452, "4.3.1 disk full"))),
            ("DATA", "554 5.5.1 no", .permanent(reply(554, "5.5.1 no"))),
            (".", "554 5.7.1 spam", .permanent(reply(554, "5.7.1 spam"))),
            (".", "451 4.3.0 later", .transient(reply(451, "4.3.0 later"))),
            ("MAIL", "", .network(.interrupted)), ("RCPT", "", .network(.interrupted)),
            ("EHLO", "", .network(.couldNotConnect)),
            ("MAIL", "not a reply", .network(.timedOut)),
        ]
    )
    func failures(command: String, reply: String, expected: MailFailure) async throws {
        let peer = MailPeer(replies: [command: reply])
        try await withPeer(script: peer.script) { client, server in
            var mail = plainMail
            mail.to = ["a@example.com", "b@example.com"]
            var mailServer = server.mailServer
            if expected == .network(.timedOut) { mailServer.timeout = .milliseconds(300) }
            await #expect(throws: expected) { try await client.submit(mail, to: mailServer) }
        }
    }

    @Test("A connection on which a mail was refused doesn't spoil the next mail")
    func nextMail() async throws {
        let peer = MailPeer(replies: ["RCPT TO:<gone@example.com>": "550 5.1.1 gone"])
        try await withPeer(script: peer.script) { client, server in
            for _ in 0..<3 {
                var mail = plainMail
                mail.to = ["gone@example.com"]
                await #expect(throws: MailFailure.permanent(reply(550, "5.1.1 gone"))) {
                    try await client.submit(mail, to: server.mailServer)
                }
                try await client.submit(plainMail, to: server.mailServer)
            }
            #expect(server.lines.filter { $0 == "." }.count == 3)
        }
    }

    @Test(
        "A server that takes nothing from us",
        arguments: [
            ("554 5.7.1 go away", MailFailure.refusedClient(reply(554, "5.7.1 go away"))),
            ("421 4.3.2 too busy", .transient(reply(421, "4.3.2 too busy"))),
        ]
    )
    func greeting(greeting: String, expected: MailFailure) async throws {
        try await withPeer(script: MailPeer(greeting: greeting).script) { client, server in
            await #expect(throws: expected) { try await client.submit(plainMail, to: server.mailServer) }
        }
    }

    @Test("Cancelled amid the dialogue, and a server that hangs after the text")
    func hanging() async throws {
        let script: @Sendable (Peer) throws -> Void = { peer in
            try peer.send("220 here\r\n")
            while true {
                let line = try peer.line()
                if line == "DATA" { break }
                try peer.send("250 fine\r\n")
            }
            try peer.send("354 go on\r\n")
            peer.awaitEnd()
        }
        try await withPeer(script: script) { client, server in
            var hurried = server.mailServer
            hurried.timeout = .milliseconds(300)
            await #expect(throws: MailFailure.network(.timedOut)) { try await client.submit(plainMail, to: hurried) }
            #expect(MailFailure.network(.timedOut).mayHaveBeenReceived)
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: MailFailure.network(.cancelled)) {
                        try await client.submit(plainMail, to: server.mailServer)
                    }
                }
                await awaiting { server.lines.filter { $0 == "DATA" }.count == 2 }
                group.cancelAll()
            }
        }
    }

    @Test(
        "What could be read as a command isn't sent, nor anything else",
        arguments: [
            ("a@example.com>\r\nRCPT TO:<b@example.com", "to@example.com", "x"),
            ("a@example.com\r\nDATA", "to@example.com", "x"), ("<a@example.com>", "to@example.com", "x"),
            ("a@example.com", "b@example.com> NOTIFY=NEVER", "x"), ("a@example.com", "b@example.com\n", "x"),
            ("a@example.com", "b\r@example.com", "x"), ("a@example.com", "b\u{0}@example.com", "x"),
            ("a@example.com", "b@example.com SIZE=1", "x"), ("a@example.com", "", "x"), ("a@example.com", "b", "x"),
            ("a@example.com", "b\u{85}@example.com", "x"),
            ("a@example.com", "b@example.com", "x\n.\nMAIL FROM:<c@example.com>"),
            ("a@example.com", "b@example.com", "x\r\n.\r"), ("a@example.com", "b@example.com", "x\r.\r\n"),
            ("a@example.com", "b@example.com", "x\u{0}"),
        ]
    )
    func injection(from: String, to: String, text: String) async throws {
        try await withPeer(script: MailPeer().script) { client, server in
            let mail = MailSubmission(from: from, to: [to], message: Array(text.utf8))
            let failure = await #expect(throws: MailFailure.self) {
                try await client.submit(mail, to: server.mailServer)
            }
            guard case .malformed = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(server.connections == 0)
        }
    }

    @Test(
        "A server's description that isn't one",
        arguments: ["", "a b", "host/path", "user@host", "host\r\n", "ho\u{0}st"]
    )
    func server(host: String) async throws {
        try await withClient { client in
            let failure = await #expect(throws: MailFailure.self) {
                try await client.submit(plainMail, to: MailServer(host: host, port: 25, security: .none))
            }
            guard case .malformed = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }
}

private func reply(_ code: Int, _ text: String) -> MailReply { MailReply(code: code, text: text) }
