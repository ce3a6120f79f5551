package import Domain

/// Where messages go. Throws `DeliveryFailure` where one can't be handed over. It ends when its task is cancelled,
/// which it is after `MessageSender.longestTry`.
package protocol MessageDelivery: Sendable {
    func deliver(_ message: Message) async throws(DeliveryFailure)
}

/// A message couldn't be handed over to what delivers it.
package struct DeliveryFailure: Error, Sendable {
    package let channel: Message.Channel
    /// Whether it would fail again however often it is tried: the address is refused, or nothing is there to deliver
    /// it.
    package let isPermanent: Bool
    /// What went wrong underneath, for the log.
    package let cause: any Error

    package init(_ channel: Message.Channel, isPermanent: Bool, cause: any Error) {
        self.channel = channel
        self.isPermanent = isPermanent
        self.cause = cause
    }
}

/// What became of a message that was due, or of a try.
package enum MessageOutcome: String, Sendable, CaseIterable {
    case sent
    /// It will be tried again.
    case delayed
    /// It can't be sent, and is given up.
    case failed
    /// It is worth nothing any more, and is given up.
    case expired
    /// Its address had the hour's messages already.
    case withheld
}

/// Something that became of a message.
package struct MessageEvent: Sendable {
    package let id: String
    package let poolID: String
    package let channel: Message.Channel
    package let outcome: MessageOutcome
    /// Why it wasn't sent, where it was tried.
    package let failure: DeliveryFailure?

    init(_ message: DueMessage, _ outcome: MessageOutcome, _ failure: DeliveryFailure? = nil) {
        id = message.id
        poolID = message.poolID
        channel = message.channel
        self.outcome = outcome
        self.failure = failure
    }
}

/// Hears what becomes of each message. Nothing is told of those that are pretended.
package typealias MessageObserver = @Sendable (MessageEvent) -> Void
