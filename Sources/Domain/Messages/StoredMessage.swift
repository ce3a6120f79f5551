package import CognitoModel

/// A message as the outbox keeps it.
package struct StoredMessage: Sendable {
    /// How long a node has for a try, in seconds: only then does another take the message up.
    package static let lease: Int64 = 60

    package let id: String
    package let poolID: String
    package let sub: String
    package let lane: MessageLane
    /// The `DueMessage`, sealed.
    package let sealed: [UInt8]
    /// When the hour's and the day's messages are counted: the moment of the call.
    package let madeAt: Timestamp
    /// When it is taken up if whoever made it didn't come to send it.
    package let dueAt: Timestamp
    package let expiresAt: Timestamp
    /// The keyed hash of its address, where nobody has proven yet that it is theirs: so many messages go there an hour.
    package let limitedAddress: [UInt8]?
    /// How many its pool may send in a day; nil where nobody limits them.
    package let dailyLimit: DailyMessageLimit?

    package init(
        id: String,
        poolID: String,
        sub: String,
        lane: MessageLane,
        sealed: [UInt8],
        madeAt: Timestamp,
        dueAt: Timestamp,
        expiresAt: Timestamp,
        limitedAddress: [UInt8]? = nil,
        dailyLimit: DailyMessageLimit? = nil
    ) {
        self.id = id
        self.poolID = poolID
        self.sub = sub
        self.lane = lane
        self.sealed = sealed
        self.madeAt = madeAt
        self.dueAt = dueAt
        self.expiresAt = expiresAt
        self.limitedAddress = limitedAddress
        self.dailyLimit = dailyLimit
    }
}

/// Messages that a write didn't keep, and why.
package struct WithheldMessages: Hashable, Sendable {
    package enum Reason: Sendable {
        /// The address had the hour's messages already, which whoever asked isn't told.
        case address
        /// The pool has sent the day's.
        case pool
    }

    private var reasons: [String: Reason] = [:]

    package init() {}

    /// Why the message is withheld; nil where it is kept.
    package subscript(_ message: StoredMessage) -> Reason? { reasons[message.id] }

    package mutating func add(_ message: StoredMessage, _ reason: Reason) { reasons[message.id] = reason }

    package mutating func add(_ others: WithheldMessages) { reasons.merge(others.reasons) { first, _ in first } }
}
