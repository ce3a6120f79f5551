/// The way that a message goes. In each so many are tried at once, so that whoever answers nobody there holds up no others.
package enum MessageLane: String, Sendable, Hashable, CaseIterable {
    case mails = "EMAIL"
    case texts = "SMS"
    /// By way of a function of the pool's, which words or sends them.
    case mailsByFunction = "EMAIL_FUNCTION"
    case textsByFunction = "SMS_FUNCTION"

    package init(_ channel: Message.Channel, asksFunction: Bool) {
        self =
            switch channel {
            case .email: asksFunction ? .mailsByFunction : .mails
            case .sms: asksFunction ? .textsByFunction : .texts
            }
    }
}
