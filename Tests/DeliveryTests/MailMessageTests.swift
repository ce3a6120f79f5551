import CognitoModel
import Delivery
import Domain
import Testing

/// What a mail is like for Python's email package is in Tests/Wire/Messages.
@Suite("mails")
struct MailMessageTests {
    private func mail(
        subject: String = "Hello",
        text: String = "Text",
        html: String? = nil,
        date: Int64 = 0
    ) throws -> String {
        let message = MailMessage(
            id: "0b0e-1",
            from: try #require(Mailbox("Shop <shop@example.com>")),
            to: try #require(Mailbox("ada@example.com")),
            subject: HeaderText(subject),
            text: text,
            html: html,
            date: Timestamp(milliseconds: date * 1000)
        )
        return String(decoding: message.bytes, as: UTF8.self)
    }

    @Test("a mail of text alone, whole")
    func text() throws {
        #expect(
            try mail() == """
                Date: Thu, 01 Jan 1970 00:00:00 +0000\r
                From: "Shop" <shop@example.com>\r
                To: ada@example.com\r
                Subject: Hello\r
                Message-ID: <0b0e-1@example.com>\r
                Auto-Submitted: auto-generated\r
                MIME-Version: 1.0\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Transfer-Encoding: quoted-printable\r
                \r
                Text\r

                """
        )
    }

    @Test(
        "dates",
        arguments: [
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"), (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 +0000"),
            (1_709_251_200, "Fri, 01 Mar 2024 00:00:00 +0000"), (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 +0000"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 +0000"),
        ] as [(Int64, String)]
    )
    func dates(seconds: Int64, text: String) throws {
        #expect(try mail(date: seconds).hasPrefix("Date: \(text)\r\n"))
    }

    @Test(
        "no header field comes out of a text",
        arguments: ["\r\n", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}", "\u{0B}", "\u{0C}", "\u{0}", "\r\n "]
    )
    func injection(end: String) throws {
        let text = try mail(subject: "a\(end)Bcc: eve@example.com\(end)\(end)body")
        #expect(text.contains("Subject: a Bcc: eve@example.com body\r\n"))
        let from = Mailbox("a\(end)Bcc: eve@example.com <shop@example.com>")
        #expect(from?.name.text == "a Bcc: eve@example.com")
    }

    @Test(
        "what is no address",
        arguments: [
            "", "a", "a@", "@b", "a@b@c.de", "a@b.c\r\nBcc: d", "a b@c.de", "a@b.c, d@e.f",
            "a@b.c <d>", "Name <a@b.c> <", "x <a@b.c>>", "a@[127.0.0.1]", "\"a b\"@c.de",
        ]
    )
    func addresses(text: String) { #expect(Mailbox(text) == nil) }

    @Test(
        "addresses with names",
        arguments: [
            ("a@b.c", "", "a@b.c"), ("Ada <a@b.c>", "Ada", "a@b.c"), ("\"L, A\" <a@b.c>", "L, A", "a@b.c"),
            ("<a@localhost>", "", "a@localhost"), ("\"a\\\"b\\\\\" <a@b.c>", "a\"b\\", "a@b.c"),
            ("A <b> <a@b.c>", "A <b>", "a@b.c"),
        ]
    )
    func names(text: String, name: String, address: String) throws {
        let mailbox = try #require(Mailbox(text))
        #expect(mailbox.name.text == name && mailbox.address == address)
    }

    @Test(
        "lines are short and of seven bits, and no boundary is in a text",
        arguments: [
            String(repeating: "x", count: 5000), String(repeating: "ä", count: 3000),
            String(repeating: "a = b ", count: 900), String(repeating: "👩‍👩‍👧 word ", count: 300), "\r\n\r\n.\r\n", " \t",
            "--=_0b0e-1--",
        ]
    )
    func lines(body: String) throws {
        let text = try mail(subject: body, text: body, html: body)
        let lines = Array(text.utf8).split(separator: 10, omittingEmptySubsequences: false).dropLast()
        #expect(lines.allSatisfy { $0.last == 13 && $0.count <= 79 })
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        let boundaries = lines.filter { $0.starts(with: "--=_".utf8) }
        #expect(
            boundaries.map { String(decoding: $0.dropLast(), as: UTF8.self) }
                == ["--=_0b0e-1", "--=_0b0e-1", "--=_0b0e-1--"]
        )
        #expect(lines.last?.starts(with: "--=_0b0e-1--".utf8) == true)
    }
}
