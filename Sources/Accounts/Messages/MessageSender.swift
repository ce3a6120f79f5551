import CognitoModel
package import Domain

/// Where messages go. Throws `DeliveryFailure` where one can't be handed over.
package protocol MessageDelivery: Sendable {
    func deliver(_ message: Message) async throws(DeliveryFailure)
}

/// A message couldn't be handed over to what delivers it.
package struct DeliveryFailure: Error, Sendable {
    package let channel: Message.Channel
    /// What went wrong underneath, for the log.
    package let cause: any Error

    package init(_ channel: Message.Channel, cause: any Error) {
        self.channel = channel
        self.cause = cause
    }
}

/// Words messages to users and hands them over.
package struct MessageSender: Sendable {
    private let delivery: any MessageDelivery
    private let clock: WallClock

    package init(delivery: any MessageDelivery, clock: WallClock) {
        self.delivery = delivery
        self.clock = clock
    }

    /// Sends a code, or a temporary password, in the words of the template. `username` is the name that the user knows. What
    /// isn't to be delivered is worded all the same, as the time that it takes would tell.
    package func send(
        _ code: String,
        to destination: CodeDestination,
        username: String,
        template: MessageTemplate,
        isDelivered: Bool = true
    ) async throws(DeliveryFailure) {
        try await send(
            template.filled(code: code, username: username, medium: destination.medium),
            code: code,
            to: destination,
            isDelivered: isDelivered
        )
    }

    /// Sends what carries a code, in these words.
    package func send(
        _ words: (subject: String?, body: String),
        code: String,
        to destination: CodeDestination,
        isDelivered: Bool = true
    ) async throws(DeliveryFailure) {
        let message = Message(
            to: destination.attribute.value,
            channel: destination.channel,
            subject: words.subject,
            body: words.body,
            code: code,
            sentAt: clock.now()
        )
        guard isDelivered else {
            _ = message.jsonBytes
            return
        }
        try await delivery.deliver(message)
    }

    /// Mails a notice.
    package func send(_ notice: RiskNotice, to address: String) async throws(DeliveryFailure) {
        try await delivery.deliver(
            Message(
                to: address,
                channel: .email,
                subject: notice.subject,
                body: notice.body,
                code: nil,
                sentAt: clock.now()
            )
        )
    }
}
