import Delivery
import Domain
import NetworkClient

/// Where texts go.
enum TextConfiguration: Sendable {
    /// The operator has said nothing: into dev's inbox, and nowhere in production.
    case none
    /// To standard output.
    case output
    case service(any HTTPMessageService, place: String, AddressPolicy, TLSTrust)

    static let flags = [
        Flag(
            "texts",
            "WHERE",
            "where texts go: a webhook's URL, to which they are posted and signed; sns:REGION; twilio:ACCOUNT_SID; or stdout"
        ),
        Flag(
            "texts-secret-file",
            "FILE",
            "a file with the webhook's secret, or Twilio's auth token (or an API key's SID, a colon and its secret); it is "
                + "read anew when it changes"
        ),
        Flag(
            "texts-from",
            "SENDER",
            "whom texts come from: a number, a name, or the SID of a messaging service for Twilio; the sender ID for SNS"
        ),
        Flag("texts-endpoint", "URL", "what speaks as SNS or Twilio does, in place of their own endpoints"),
        Flag(
            "texts-ca",
            "FILE",
            "certificates in PEM of the authorities that vouch for where texts go, in place of the system's"
        ),
    ]

    init(_ values: FlagValues, environment: [String: String]) throws {
        guard let text = values["texts"] else {
            for flag in Self.flags.dropFirst() where values[flag.name] != nil {
                throw UsageError("--\(flag.name) is for --texts, which isn't given")
            }
            self = .none
            return
        }
        if text == "stdout" {
            self = .output
            return
        }
        let trust = try TLSTrust.file(values["texts-ca"], of: "--texts-ca")
        let endpoint = try MessageEndpoint(values["texts-endpoint"], of: "--texts-endpoint")
        if text.hasPrefix("sns:") {
            let service = try AWSService(
                "sns",
                host: "sns",
                region: String(text.dropFirst("sns:".count)),
                base: endpoint?.base,
                of: "--texts",
                values,
                environment: environment
            )
            self = .service(
                SNSPublish(service, senderID: values["texts-from"]),
                place: "SNS",
                endpoint?.policy ?? .publicOnly,
                trust
            )
        } else if text.hasPrefix("twilio:") {
            self = .service(
                try Self.twilio(account: String(text.dropFirst("twilio:".count)), values, endpoint),
                place: endpoint?.host ?? "Twilio",
                endpoint?.policy ?? .publicOnly,
                trust
            )
        } else {
            for name in ["texts-endpoint", "texts-from"] where values[name] != nil {
                throw UsageError("--\(name) is for sns:REGION and twilio:ACCOUNT_SID")
            }
            guard let webhook = try MessageEndpoint(text, of: "--texts") else { throw UsageError("--texts is empty") }
            let path = try values.required("texts-secret-file")
            let secrets = try RenewedFile(path) { try WebhookSecretFile.read(path, of: "--texts-secret-file") }
            self = .service(
                TextWebhook(url: text) { secrets.value },
                place: webhook.host,
                webhook.policy,
                trust
            )
        }
    }

    private static func twilio(
        account: String,
        _ values: FlagValues,
        _ endpoint: MessageEndpoint?
    ) throws -> TwilioMessages {
        guard !account.isEmpty, account.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            throw UsageError("--texts: \(account) isn't an account's SID")
        }
        let path = try values.required("texts-secret-file")
        let secrets = try RenewedFile(path) { try PrivateFile.lines(path, of: "--texts-secret-file", count: 1) }
        return TwilioMessages(
            base: endpoint?.base ?? "https://api.twilio.com",
            account: account,
            sender: try values.required("texts-from")
        ) {
            let secret = secrets.value.first ?? ""
            let parts = secret.split(separator: ":", maxSplits: 1).map(String.init)
            return parts.count == 2 ? (parts[0], parts[1]) : (account, secret)
        }
    }

    /// What the operator should know before it starts.
    var warning: String? {
        if case .none = self { "texts can't be sent, and fail: --texts isn't given" } else { nil }
    }
}
