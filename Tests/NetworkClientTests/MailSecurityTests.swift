import NetworkClient
import Testing

@Suite("Mail: encryption, credentials, addresses", .timeLimit(.minutes(1))) struct MailSecurityTests {
    @Test("Nothing is told to a server that doesn't offer STARTTLS where it is required")
    func noSTARTTLS() async throws {
        try await withPeer(script: MailPeer(offers: ["AUTH PLAIN LOGIN"]).script) { client, server in
            var mailServer = server.mailServer
            mailServer.security = .startTLS
            mailServer.authentication = .password(user: "u", password: "p", mechanism: .automatic)
            let failure = await #expect(throws: MailFailure.self) { try await client.submit(plainMail, to: mailServer) }
            guard case .network(.tls) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(!server.lines.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
        }
    }

    @Test("A kept connection without encryption is none for a mail that asks for it")
    func keptConnection() async throws {
        try await withPeer(script: MailPeer(offers: ["8BITMIME"]).script) { client, server in
            try await client.submit(plainMail, to: server.mailServer)
            var encrypted = server.mailServer
            encrypted.security = .startTLS
            let mailServer = encrypted
            let failure = await #expect(throws: MailFailure.self) { try await client.submit(plainMail, to: mailServer) }
            guard case .network(.tls) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(server.lines.filter { $0.hasPrefix("MAIL") }.count == 1)
        }
    }

    @Test("Neither STARTTLS nor TLS is agreed on with a server that speaks neither", arguments: [true, false])
    func noTLS(isImplicit: Bool) async throws {
        let peer = MailPeer(offers: ["STARTTLS"], replies: ["STARTTLS": "220 go on"])
        try await withPeer(script: peer.script) { client, server in
            var mailServer = server.mailServer
            mailServer.security = isImplicit ? .implicitTLS : .startTLS
            mailServer.connectTimeout = .milliseconds(300)
            let failure = await #expect(throws: MailFailure.self) { try await client.submit(plainMail, to: mailServer) }
            // It waits for more, or says what isn't TLS.
            if case .network(.tls) = failure {} else { #expect(failure == .network(.couldNotConnect)) }
            #expect(!server.lines.contains { $0.hasPrefix("MAIL") })
        }
    }

    @Test("STARTTLS that is offered and refused for now")
    func refusedSTARTTLS() async throws {
        let peer = MailPeer(offers: ["STARTTLS"], replies: ["STARTTLS": "454 4.7.0 not now"])
        try await withPeer(script: peer.script) { client, server in
            var mailServer = server.mailServer
            mailServer.security = .startTLS
            await #expect(throws: MailFailure.transient(MailReply(code: 454, text: "4.7.0 not now"))) {
                try await client.submit(plainMail, to: mailServer)
            }
        }
    }

    @Test("Credentials go by the mechanism that is asked for and offered")
    func mechanisms() async throws {
        // Base64 of NUL u NUL p, of u and p, and of XOAUTH2's form.
        let plain = ["AUTH PLAIN", "AHUAcA=="]
        let login = ["AUTH LOGIN", "dQ==", "cA=="]
        let oauth = ["AUTH XOAUTH2", "dXNlcj11AWF1dGg9QmVhcmVyIHQBAQ=="]
        let cases: [(String, MailAuthentication, [String])] = [
            ("PLAIN LOGIN", .password(user: "u", password: "p", mechanism: .plain), plain),
            ("PLAIN LOGIN", .password(user: "u", password: "p", mechanism: .login), login),
            ("CRAM-MD5 NTLM PLAIN", .password(user: "u", password: "p", mechanism: .automatic), plain),
            ("DIGEST-MD5 GSSAPI LOGIN", .password(user: "u", password: "p", mechanism: .automatic), login),
            ("PLAIN XOAUTH2 OAUTHBEARER", .xoauth2(user: "u", token: "t"), oauth),
        ]
        for (offered, authentication, expected) in cases {
            try await withPeer(script: MailPeer(offers: ["AUTH \(offered)"]).script) { client, server in
                var mailServer = server.mailServer
                mailServer.authentication = authentication
                try await client.submit(plainMail, to: mailServer)
                #expect(Array(server.lines[1..<1 + expected.count]) == expected)
                #expect(server.lines[1 + expected.count].hasPrefix("MAIL"))
            }
        }
    }

    @Test("Refused credentials, and mechanisms that the server hasn't")
    func refusedCredentials() async throws {
        let cases: [(MailPeer, MailFailure)] = [
            (
                MailPeer(offers: ["AUTH PLAIN"], replies: ["AUTH": "535 5.7.8 wrong"]),
                .refusedClient(MailReply(code: 535, text: "5.7.8 wrong"))
            ),
            (
                MailPeer(offers: ["AUTH PLAIN"], replies: ["AUTH": "454 4.7.0 later"]),
                .transient(MailReply(code: 454, text: "4.7.0 later"))
            ),
        ]
        for (peer, expected) in cases {
            try await withPeer(script: peer.script) { client, server in
                var mailServer = server.mailServer
                mailServer.authentication = .password(user: "u", password: "p", mechanism: .plain)
                let asked = mailServer
                await #expect(throws: expected) { try await client.submit(plainMail, to: asked) }
                #expect(!server.lines.contains { $0.hasPrefix("MAIL") })
            }
        }
        for offers in [["AUTH CRAM-MD5 NTLM"], ["SIZE"]] {
            try await withPeer(script: MailPeer(offers: offers).script) { client, server in
                var mailServer = server.mailServer
                mailServer.authentication = .password(user: "u", password: "p", mechanism: .automatic)
                let asked = mailServer
                let failure = await #expect(throws: MailFailure.self) { try await client.submit(plainMail, to: asked) }
                guard case .refusedClient(let reply) = failure else {
                    Issue.record("\(String(describing: failure)) of \(offers)")
                    return
                }
                #expect(reply.code == 0)
                #expect(!server.lines.contains { $0.hasPrefix("MAIL") || $0.hasPrefix("AUTH") })
            }
        }
    }

    @Test("The text of credentials has no secret")
    func description() {
        let credentials: [MailAuthentication] = [
            .password(user: "u", password: "s3cret", mechanism: .plain), .xoauth2(user: "u", token: "s3cret"),
        ]
        for credential in credentials {
            var server = MailServer(host: "h", port: 25, security: .none)
            server.authentication = credential
            #expect(!"\(credential) \(server) \(String(reflecting: server))".contains("s3cret"))
        }
    }

    @Test("An address beyond ASCII goes as it is to a server that takes such, and to no other")
    func international() async throws {
        var mail = plainMail
        mail.to = ["jürgen@example.com"]
        let sent = mail
        try await withPeer(script: MailPeer(offers: ["SMTPUTF8", "8BITMIME"]).script) { client, server in
            try await client.submit(plainMail, to: server.mailServer)
            try await client.submit(sent, to: server.mailServer)
            #expect(server.lines.contains("RCPT TO:<jürgen@example.com>"))
            #expect(server.lines.contains { $0.hasPrefix("MAIL") && $0.hasSuffix(" SMTPUTF8") })
        }
        try await withPeer(script: MailPeer().script) { client, server in
            try await client.submit(plainMail, to: server.mailServer)
            let failure = await #expect(throws: MailFailure.self) {
                try await client.submit(sent, to: server.mailServer)
            }
            guard case .malformed = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(server.lines.filter { $0.hasPrefix("MAIL") }.count == 1)
        }
    }
}
