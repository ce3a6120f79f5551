import NetworkClient

/// Where the logs of pools go whose log delivery is configured.
package struct LogDeliveryConfiguration: Sendable {
    /// A URL of the operator's to which entries are posted.
    struct Webhook: Sendable {
        let url: String
        let secrets: @Sendable () -> [String]
        let addressPolicy: AddressPolicy
        let trust: TLSTrust
    }

    /// The file; nil where the operator wants none.
    let file: String?
    /// The webhook; nil where the operator wants none.
    let webhook: Webhook?

    static let flags = [
        Flag(
            "log-delivery",
            "FILE",
            "where a JSON line is appended for every event of users and every message that couldn't be delivered, of pools "
                + "whose SetLogDeliveryConfiguration asks for it"
        ),
        Flag(
            "log-delivery-webhook",
            "URL",
            "where the same lines are posted, several together and signed as for a function's webhook; it may lead where a "
                + "function's URL may"
        ),
        Flag(
            "log-delivery-secret-file",
            "FILE",
            "a file with the secret of --log-delivery-webhook, and a second one while it is changed; it is read anew when it "
                + "changes"
        ),
        Flag(
            "log-delivery-ca",
            "FILE",
            "certificates in PEM of the authorities that vouch for --log-delivery-webhook, in place of the system's"
        ),
    ]

    /// Nil where the operator wants none. Throws `UsageError`.
    init?(_ values: FlagValues, reach: FunctionReach) throws {
        file = values["log-delivery"]
        if let url = values["log-delivery-webhook"] {
            let path = try values.required("log-delivery-secret-file")
            let secrets = try RenewedFile(path) {
                try WebhookSecretFile.read(path, of: "--log-delivery-secret-file")
            }
            webhook = Webhook(
                url: url,
                secrets: { secrets.value },
                addressPolicy: try reach.policy(for: url, of: "--log-delivery-webhook"),
                trust: try TLSTrust.file(values["log-delivery-ca"], of: "--log-delivery-ca")
            )
        } else {
            for name in ["log-delivery-secret-file", "log-delivery-ca"] where values[name] != nil {
                throw UsageError("--\(name) is for --log-delivery-webhook, which isn't given")
            }
            webhook = nil
        }
        if file == nil, webhook == nil { return nil }
    }
}
