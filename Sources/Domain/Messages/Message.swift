package import CognitoModel

/// A message to a user: a mail or a text.
package struct Message: Sendable, JSONEncodable {
    package enum Channel: String, Sendable, CaseIterable {
        case email = "EMAIL"
        case sms = "SMS"
    }

    package let to: String
    package let channel: Channel
    package let subject: String?
    package let body: String
    /// The code or temporary password in the body.
    package let code: String?
    package let sentAt: Timestamp

    package init(to: String, channel: Channel, subject: String?, body: String, code: String?, sentAt: Timestamp) {
        self.to = to
        self.channel = channel
        self.subject = subject
        self.body = body
        self.code = code
        self.sentAt = sentAt
    }

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
