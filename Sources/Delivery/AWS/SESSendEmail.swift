package import CognitoModel
import Cryptography
package import Domain
package import NetworkClient

/// Mails by SendEmail of the SES API v2, each as the MIME that SMTP would carry.
package struct SESSendEmail: HTTPMessageService {
    private let service: AWSService
    private let sender: Mailbox

    /// `sender` is whom mails come from whose pool doesn't say.
    package init(_ service: AWSService, sender: Mailbox) {
        self.service = service
        self.sender = sender
    }

    package func request(for message: Message, at now: Timestamp) throws(NetworkFailure) -> HTTPClientRequest {
        guard let mail = MailMessage(message, from: sender) else { throw .malformed("it goes to no address") }
        var json = JSONWriter(capacity: 4096)
        json.beginObject()
        json.member("FromEmailAddress", mail.from.words.joined(separator: " "))
        json.key("Destination")
        json.beginObject()
        json.key("ToAddresses")
        json.beginArray()
        json.string(mail.to.address)
        json.endArray()
        json.endObject()
        json.key("Content")
        json.beginObject()
        json.key("Raw")
        json.beginObject()
        json.member("Data", Base64.encode(mail.bytes))
        json.endObject()
        json.endObject()
        json.endObject()
        return try service.post("/v2/email/outbound-emails", type: "application/json", json.bytes, at: now)
    }

    package func refusal(in response: HTTPClientResponse) -> (kind: TransportFailure.Kind, detail: String)? {
        guard let byStatus = response.refusalByStatus else { return nil }
        let body = try? RequestDecoder.document(JSONValue.self, from: response.body)
        let named = response.headers["x-amzn-ErrorType"] ?? body?["__type"]?.stringValue ?? ""
        let code = String(named.split(separator: ":").first?.split(separator: "#").last ?? "").filter(\.isLetter)
        let kind = Self.kinds[code] ?? byStatus
        let text = body?["message"]?.stringValue ?? body?["Message"]?.stringValue ?? ""
        return (kind, "\(code.isEmpty ? "status \(response.status)" : code) \(text.prefix(200))")
    }

    private static let kinds: [String: TransportFailure.Kind] = [
        "TooManyRequestsException": .delayed, "LimitExceededException": .delayed,
        "AccountSuspendedException": .misconfigured, "SendingPausedException": .misconfigured,
        "MailFromDomainNotVerifiedException": .misconfigured, "NotFoundException": .misconfigured,
    ]
}
