import Delivery
import Domain
import Messaging
import NetworkClient

/// Where mails go.
enum MailConfiguration: Sendable {
    /// The operator has said nothing: into dev's inbox, and nowhere in production.
    case none
    /// To standard output.
    case output
    case smtp([Relay], sender: Mailbox)
    case ses(AWSService, sender: Mailbox, place: String, AddressPolicy, TLSTrust)

    static let flags = [
        Flag(
            "mail",
            "WHERE",
            "where mails go: smtps://USER@HOST:465, or smtp://USER@HOST:587 with STARTTLS (?tls=off without), several "
                + "separated by commas, of which the first that takes a mail gets it; ses:REGION; or stdout"
        ),
        Flag(
            "mail-from",
            "ADDRESS",
            "whom mails come from whose pool doesn't say: a@example.com, or Name <a@example.com>"
        ),
        Flag(
            "mail-password-file",
            "FILE",
            "a file with the password of --mail's USER, or a line for each server; it is read anew when it changes"
        ),
        Flag(
            "mail-token-file",
            "FILE",
            "a file with an OAuth 2.0 access token in place of a password, which goes by XOAUTH2; it is read anew when it "
                + "changes"
        ),
        Flag(
            "mail-ca",
            "FILE",
            "certificates in PEM of the authorities that vouch for the mail servers, in place of the system's"
        ),
        Flag("mail-endpoint", "URL", "what speaks as SES does, in place of AWS's own endpoint"),
    ]

    init(_ values: FlagValues, environment: [String: String]) throws {
        guard let text = values["mail"] else {
            for flag in Self.flags.dropFirst() where values[flag.name] != nil {
                throw UsageError("--\(flag.name) is for --mail, which isn't given")
            }
            self = .none
            return
        }
        if text == "stdout" {
            self = .output
            return
        }
        guard let from = values["mail-from"] else {
            throw UsageError("--mail-from is required: whom mails come from whose pool doesn't say")
        }
        guard let sender = Mailbox(from) else {
            throw UsageError("--mail-from: \(from) is neither an address nor Name <address>")
        }
        let trust = try TLSTrust.file(values["mail-ca"], of: "--mail-ca")
        if text.hasPrefix("ses:") {
            let endpoint = try MessageEndpoint(values["mail-endpoint"], of: "--mail-endpoint")
            let region = String(text.dropFirst("ses:".count))
            let service = try AWSService(
                "ses",
                host: "email",
                region: region,
                base: endpoint?.base,
                of: "--mail",
                values,
                environment: environment
            )
            self = .ses(service, sender: sender, place: "SES", endpoint?.policy ?? .publicOnly, trust)
        } else {
            if values["mail-endpoint"] != nil { throw UsageError("--mail-endpoint is for ses:REGION") }
            self = .smtp(try Self.relays(text, values, trust), sender: sender)
        }
    }

    private static func relays(_ text: String, _ values: FlagValues, _ trust: TLSTrust) throws -> [Relay] {
        let urls = try text.split(separator: ",").map { try MailServerURL(String($0.filter { $0 != " " })) }
        guard !urls.isEmpty else { throw UsageError("--mail names no server") }
        let (passwordPath, tokenPath) = (values["mail-password-file"], values["mail-token-file"])
        if passwordPath != nil, tokenPath != nil {
            throw UsageError("--mail-password-file and --mail-token-file exclude each other")
        }
        let secretFlag = tokenPath == nil ? "--mail-password-file" : "--mail-token-file"
        let secrets = try (tokenPath ?? passwordPath).map { path in
            try RenewedFile(path) { [count = urls.count] in
                try PrivateFile.lines(path, of: secretFlag, count: count)
            }
        }
        if secrets != nil, urls.allSatisfy({ $0.user == nil }) {
            throw UsageError("\(secretFlag) is for a USER, whom --mail doesn't name")
        }
        return try urls.enumerated().map { index, url in
            var server = url.server
            server.trust = trust
            server.connectTimeout = .seconds(5)
            guard let user = url.user else { return Relay(server) { .none } }
            guard let secrets else {
                throw UsageError("--mail-password-file or --mail-token-file is required for the user \(user)")
            }
            let isToken = tokenPath != nil
            return Relay(server) {
                let lines = secrets.value
                let secret = lines[min(index, lines.count - 1)]
                return isToken
                    ? .xoauth2(user: user, token: secret)
                    : .password(user: user, password: secret, mechanism: url.mechanism)
            }
        }
    }

    /// What the operator should know before it starts.
    var warning: String? {
        switch self {
        case .none: "mails can't be sent, and fail: --mail isn't given"
        case .smtp(let relays, _) where relays.contains { $0.server.security == .none }:
            "mails, and passwords for their servers, pass unencrypted: --mail has tls=off"
        default: nil
        }
    }
}

extension AWSService {
    /// Throws `UsageError` without a region, or without keys to sign by.
    init(
        _ name: String,
        host: String,
        region: String,
        base: String?,
        of flag: String,
        _ values: FlagValues,
        environment: [String: String]
    ) throws {
        guard !region.isEmpty, region.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }) else {
            throw UsageError("\(flag): \(region) isn't a region")
        }
        guard let credentials = try CredentialsFile.source(values["aws-credentials"], environment: environment) else {
            throw UsageError("\(flag): AWS needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or --aws-credentials")
        }
        self.init(name, host: host, region: region, base: base, credentials: credentials)
    }
}
