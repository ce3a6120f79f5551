package import CognitoModel

/// A message to a user: a mail or a text.
package struct Message: Sendable, JSONEncodable {
    package enum Channel: String, Sendable, CaseIterable {
        case email = "EMAIL"
        case sms = "SMS"
    }

    /// The same at every try, so that whoever gets it twice can tell.
    package let id: String
    package let poolID: String
    /// Whom it comes from, where the pool says.
    package let sender: MailSender?
    package let to: String
    package let channel: Channel
    package let subject: String?
    /// What is shown: HTML where `isHTML`.
    package let body: String
    /// The code or temporary password in the body.
    package let code: String?
    package let sentAt: Timestamp
    /// Whether the body is HTML. A mail's is, but for one that was worded as text alone.
    package let isHTML: Bool
    /// What a mail with HTML says as text in words of its own; nil where the body says it.
    package let ownText: String?

    package init(
        id: String,
        poolID: String,
        sender: MailSender? = nil,
        to: String,
        channel: Channel,
        subject: String?,
        body: String,
        code: String?,
        sentAt: Timestamp,
        isHTML: Bool? = nil,
        ownText: String? = nil
    ) {
        self.id = id
        self.poolID = poolID
        self.sender = sender
        self.to = to
        self.channel = channel
        self.subject = subject
        self.body = body
        self.code = code
        self.sentAt = sentAt
        self.isHTML = isHTML ?? (channel == .email)
        self.ownText = ownText
    }

    /// The message without markup: what stands beside a mail's HTML, and all of a text.
    package var text: String { ownText ?? (isHTML ? PlainText(html: body).text : body) }

    /// As dev shows it.
    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("To", to)
        json.member("Channel", channel.rawValue)
        json.member("Subject", subject)
        json.member("Body", body)
        json.member("Code", code)
        json.member("SentAt", sentAt)
        json.endObject()
    }
}

/// Whom a pool's mails come from: of `EmailConfiguration`, or of a notice's `NotifyConfiguration`.
package struct MailSender: Hashable, Sendable {
    /// `From`: an address, or a name and an address in angle brackets.
    package let from: String?
    package let replyTo: String?

    package init(from: String?, replyTo: String?) {
        self.from = from
        self.replyTo = replyTo
    }
}

extension UserPool {
    /// Whom the pool's mails come from; nil where it leaves that to the server.
    package var mailSender: MailSender? {
        let configured = configuration.emailConfiguration
        guard configured?.from != nil || configured?.replyToEmailAddress != nil else { return nil }
        return MailSender(from: configured?.from, replyTo: configured?.replyToEmailAddress)
    }
}
