import CognitoModel
package import Domain

/// Where messages go. Throws `DeliveryFailure` where one can't be handed over. It may take no time that shows: to those who
/// don't exist nothing is handed over.
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

/// What became of a message that was due.
package enum MessageOutcome: String, Sendable, CaseIterable {
    case sent, failed
    /// Its address had the hour's messages already.
    case withheld
}

/// Hears what becomes of each message, and where it failed why.
package typealias MessageObserver = @Sendable (Message.Channel, MessageOutcome, DeliveryFailure?) -> Void

/// What is to be done with a message beside wording it.
package enum MessageHandling: Sendable {
    /// It is handed over, and a failure told.
    case delivered
    /// It is handed over, and a failure counted alone: whoever asked may not learn that there was something to deliver.
    case deliveredSilently
    /// It is due, but its address had the hour's messages already.
    case withheld
    /// There is nobody to send it to.
    case pretended
}

extension AppClient {
    /// What is to be done with a message that anybody may ask for who knows a name. Where the client hides who exists, a
    /// failure of its delivery would tell that there is somebody: to the one who stands for nobody none is delivered.
    package func handling(isDue: Bool) -> MessageHandling {
        guard isDue else { return .pretended }
        return preventsUserExistenceErrors ? .deliveredSilently : .delivered
    }
}

/// Words messages to users and hands them over.
package struct MessageSender: Sendable {
    private let delivery: any MessageDelivery
    private let clock: WallClock
    private let observer: MessageObserver

    package init(delivery: any MessageDelivery, clock: WallClock, observer: @escaping MessageObserver = { _, _, _ in })
    {
        self.delivery = delivery
        self.clock = clock
        self.observer = observer
    }

    /// Sends a code, or a temporary password, in the words of the template. `username` is the name that the user knows. What
    /// isn't to be delivered is worded all the same, as the time that it takes would tell.
    package func send(
        _ code: String,
        to destination: CodeDestination,
        username: String,
        template: MessageTemplate,
        handling: MessageHandling = .delivered
    ) async throws(DeliveryFailure) {
        try await send(
            template.filled(code: code, username: username, medium: destination.medium),
            code: code,
            to: destination,
            handling: handling
        )
    }

    /// Sends what carries a code, in these words.
    package func send(
        _ words: (subject: String?, body: String),
        code: String,
        to destination: CodeDestination,
        handling: MessageHandling = .delivered
    ) async throws(DeliveryFailure) {
        let message = Message(
            to: destination.attribute.value,
            channel: destination.channel,
            subject: words.subject,
            body: words.body,
            code: code,
            sentAt: clock.now()
        )
        switch handling {
        case .delivered: try await deliver(message)
        case .deliveredSilently: try? await deliver(message)
        case .withheld:
            _ = message.jsonBytes
            observer(message.channel, .withheld, nil)
        case .pretended: _ = message.jsonBytes
        }
    }

    /// Mails a notice.
    package func send(_ notice: RiskNotice, to address: String) async throws(DeliveryFailure) {
        try await deliver(
            Message(
                to: address,
                channel: .email,
                subject: notice.subject,
                body: notice.html ?? notice.text ?? "",
                code: nil,
                sentAt: clock.now(),
                isHTML: notice.html != nil,
                ownText: notice.html == nil ? nil : notice.text
            )
        )
    }

    private func deliver(_ message: Message) async throws(DeliveryFailure) {
        do {
            try await delivery.deliver(message)
        } catch {
            observer(message.channel, .failed, error)
            throw error
        }
        observer(message.channel, .sent, nil)
    }
}
