/// How many messages of each kind a pool may send in a day, where the operator says so.
package struct MessageLimits: Sendable, Equatable {
    private let mails: Int?
    private let texts: Int?

    /// Nil for no limit.
    package init(mails: Int? = nil, texts: Int? = nil) {
        self.mails = mails
        self.texts = texts
    }

    /// What a message by that channel counts against; nil where nothing limits it.
    package func limit(of channel: Message.Channel) -> DailyMessageLimit? {
        (channel == .email ? mails : texts).map { DailyMessageLimit(channel: channel, most: $0) }
    }
}

/// How many messages by a channel a pool may send in a day, which begins with the first of them.
package struct DailyMessageLimit: Sendable, Hashable {
    package let channel: Message.Channel
    package let most: Int
}

/// A pool has sent the day's messages.
package struct MessageLimitExceeded: Error, Hashable, Sendable {
    package let channel: Message.Channel
    package let occasion: MessageOccasion?

    package init(_ channel: Message.Channel, _ occasion: MessageOccasion?) {
        self.channel = channel
        self.occasion = occasion
    }
}
