package import CognitoModel
import Cryptography
package import Domain
package import NetworkClient

/// Twilio's Messages resource, and what speaks as it does.
package struct TwilioMessages: HTTPMessageService {
    private let base: String
    private let account: String
    private let sender: String
    private let credentials: @Sendable () -> (user: String, password: String)

    /// `sender` is a telephone number, a name, or the SID of a messaging service. `base` doesn't end in a slash.
    package init(
        base: String,
        account: String,
        sender: String,
        credentials: @escaping @Sendable () -> (user: String, password: String)
    ) {
        self.base = base
        self.account = account
        self.sender = sender
        self.credentials = credentials
    }

    package func request(for message: Message, at now: Timestamp) throws(NetworkFailure) -> HTTPClientRequest {
        let (user, password) = credentials()
        return HTTPClientRequest(
            method: "POST",
            url: "\(base)/2010-04-01/Accounts/\(account)/Messages.json",
            headers: [
                ("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json"),
                ("Authorization", "Basic \(Base64.encode(Array("\(user):\(password)".utf8)))"),
            ],
            body: FormBody.bytes([
                ("To", message.to), (isService ? "MessagingServiceSid" : "From", sender), ("Body", message.text),
            ])
        )
    }

    private var isService: Bool { sender.hasPrefix("MG") && sender.utf8.count == 34 }

    package func refusal(in response: HTTPClientResponse) -> (kind: TransportFailure.Kind, detail: String)? {
        guard let byStatus = response.refusalByStatus else { return nil }
        let body = try? RequestDecoder.document(JSONValue.self, from: response.body)
        guard case .integer(let number)? = body?["code"], let code = Int(exactly: number) else {
            return (byStatus, "status \(response.status)")
        }
        let kind: TransportFailure.Kind =
            Self.delaying.contains(code) ? .delayed : Self.operators.contains(code) ? .misconfigured : byStatus
        return (kind, "\(code) \(body?["message"]?.stringValue.map { String($0.prefix(200)) } ?? "")")
    }

    /// Too many requests, concurrent ones, and messages that wait (Twilio's error dictionary).
    private static let delaying: Set = [14107, 20429, 20503, 21611, 30001, 30022]
    /// The sender, or what the account may do.
    private static let operators: Set = [
        20003, 20404, 21212, 21219, 21603, 21606, 21608, 21659, 21660, 21661, 21701, 21703, 21704, 21705,
    ]
}
