package import CognitoModel
package import Domain

/// A mail as RFC 5322 and MIME write it, in seven bits but for addresses beyond ASCII (RFC 6532).
package struct MailMessage: Sendable {
    /// Of the message; the same at every try, from which `Message-ID` is made.
    package let id: String
    package let from: Mailbox
    package let replyTo: Mailbox?
    package let to: Mailbox
    package let subject: HeaderText
    package let text: String
    /// What is shown in place of the text, where the reader shows HTML.
    package let html: String?
    package let date: Timestamp

    package init(
        id: String,
        from: Mailbox,
        replyTo: Mailbox? = nil,
        to: Mailbox,
        subject: HeaderText,
        text: String,
        html: String?,
        date: Timestamp
    ) {
        self.id = id
        self.from = from
        self.replyTo = replyTo
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.date = date
    }

    /// A pool's message, from whom the pool says or else from `sender`. Nil where it goes to no address.
    package init?(_ message: Message, from sender: Mailbox) {
        guard let to = Mailbox(address: message.to) else { return nil }
        self.init(
            id: message.id,
            from: message.sender?.from.flatMap { Mailbox($0) } ?? sender,
            replyTo: message.sender?.replyTo.flatMap { Mailbox($0) },
            to: to,
            subject: HeaderText(message.subject ?? ""),
            text: message.text,
            html: message.isHTML ? message.body : nil,
            date: message.sentAt
        )
    }

    /// All of it, its lines ended by CR LF.
    package var bytes: [UInt8] {
        var fields = [
            HeaderField("Date", [MailDate(date).text]),
            HeaderField("From", from.words),
            HeaderField("To", to.words),
            HeaderField("Subject", subject.unstructured),
            HeaderField("Message-ID", ["<\(identifier)>"]),
            // So that no absent user's machine answers it (RFC 3834).
            HeaderField("Auto-Submitted", ["auto-generated"]),
            HeaderField("MIME-Version", ["1.0"]),
        ]
        if let replyTo { fields.append(HeaderField("Reply-To", replyTo.words)) }
        let plain = Self.part(text, "text/plain")
        let body: String
        if let html {
            // No encoded text has `=_` in it (RFC 2045, 6.7).
            let boundary = "=_" + identifierToken
            fields.append(HeaderField("Content-Type", ["multipart/alternative;", "boundary=\"\(boundary)\""]))
            let parts = [plain, Self.part(html, "text/html")].map { "--\(boundary)\r\n\($0.header)\r\n\($0.body)" }
            body = "\r\n" + parts.joined(separator: "\r\n") + "\r\n--\(boundary)--\r\n"
        } else {
            body = plain.header + "\r\n" + plain.body
        }
        return Array((fields.map { $0.line + "\r\n" }.joined() + body).utf8)
    }

    /// What is between the angle brackets of `Message-ID`.
    package var identifier: String {
        let domain = from.domain
        return "\(identifierToken)@\(domain.utf8.allSatisfy { $0 < 0x80 } ? domain : "martlet.invalid")"
    }

    private var identifierToken: String { id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } }

    private static func part(_ text: String, _ type: String) -> (header: String, body: String) {
        let encoded = EncodedText(text)
        let fields = [
            HeaderField("Content-Type", ["\(type);", "charset=utf-8"]),
            HeaderField("Content-Transfer-Encoding", [encoded.encoding]),
        ]
        return (fields.map { $0.line + "\r\n" }.joined(), encoded.body)
    }
}
