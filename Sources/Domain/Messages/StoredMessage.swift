package import CognitoModel

/// A message as the outbox keeps it.
package struct StoredMessage: Sendable {
    /// How long a node has for a try, in seconds: only then does another take the message up.
    package static let lease: Int64 = 60

    package let id: String
    package let poolID: String
    package let sub: String
    /// The `DueMessage`, sealed.
    package let sealed: [UInt8]
    package let madeAt: Timestamp
    package let expiresAt: Timestamp
    /// The keyed hash of its address, where nobody has proven yet that it is theirs: so many messages go there an hour.
    package let limitedAddress: [UInt8]?

    package init(
        id: String,
        poolID: String,
        sub: String,
        sealed: [UInt8],
        madeAt: Timestamp,
        expiresAt: Timestamp,
        limitedAddress: [UInt8]? = nil
    ) {
        self.id = id
        self.poolID = poolID
        self.sub = sub
        self.sealed = sealed
        self.madeAt = madeAt
        self.expiresAt = expiresAt
        self.limitedAddress = limitedAddress
    }

    /// When it is taken up if whoever made it didn't come to send it.
    package var dueAt: Timestamp { madeAt.adding(seconds: Self.lease) }
}

/// Messages that a write didn't keep, as their address had the hour's messages already.
package struct WithheldMessages: Hashable, Sendable {
    private var ids: Set<String>

    package init(ids: Set<String> = []) { self.ids = ids }

    package func contains(_ message: StoredMessage) -> Bool { ids.contains(message.id) }

    package mutating func add(_ others: WithheldMessages) { ids.formUnion(others.ids) }
}
