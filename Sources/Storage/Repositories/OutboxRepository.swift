package import CognitoModel
import Cryptography
import Database
package import Domain

/// Messages that are to be sent. A row is written in the transaction that makes what it is about, and goes once it was sent
/// or given up; until then it is some node's, which has a lease of it.
package struct OutboxRepository: Sendable {
    private let database: any DatabaseEngine
    private let vault: Vault
    /// Leases are of the nodes' clocks, and not of the moment of a call, which may have waited long.
    private let clock: WallClock

    init(database: any DatabaseEngine, vault: Vault, clock: WallClock) {
        self.database = database
        self.vault = vault
        self.clock = clock
    }

    /// A message that this node has a lease of.
    package struct Leased: Sendable {
        package var message: DueMessage
        package let lane: MessageLane
        /// How many tries failed before.
        package let attempts: Int
        /// Until then no other node takes it up.
        package let leasedUntil: Timestamp

        package init(message: DueMessage, lane: MessageLane, attempts: Int, leasedUntil: Timestamp) {
            self.message = message
            self.lane = lane
            self.attempts = attempts
            self.leasedUntil = leasedUntil
        }
    }

    /// What may be taken up of a lane.
    package struct Room: Sendable {
        package let count: Int
        /// The pools of which no more may be.
        package let fullPools: [String]

        package init(count: Int, fullPools: [String] = []) {
            self.count = count
            self.fullPools = fullPools
        }
    }

    /// What became of a message that this node had a lease of.
    package enum Settlement: Sendable {
        /// It was sent, or given up.
        case done(Leased)
        /// It was tried, and is to be tried again at that time. A try counts when its failure is taken down: one that its node
        /// didn't live to see the end of, or never came to begin, is none.
        case postponed(Leased, until: Timestamp)
    }

    /// The message as it is kept, with a lease from now on. No read or write.
    package func stored(
        _ message: DueMessage,
        lane: MessageLane,
        limitedAddress: [UInt8]? = nil,
        dailyLimit: DailyMessageLimit? = nil,
        now: Timestamp
    ) throws -> StoredMessage {
        StoredMessage(
            id: message.id,
            poolID: message.poolID,
            sub: message.sub,
            lane: lane,
            sealed: try seal(message),
            madeAt: now,
            dueAt: clock.now().adding(seconds: StoredMessage.lease),
            expiresAt: message.expiresAt,
            limitedAddress: limitedAddress,
            dailyLimit: dailyLimit
        )
    }

    /// Keeps a message that belongs to no other write, unless it is withheld. One write.
    @discardableResult
    package func put(_ message: StoredMessage) async throws -> WithheldMessages {
        try await database.write { try $0.put([message]) }
    }

    /// Takes up what is due, of each lane so many and the earliest first; of nodes that take at once one gets each. One read,
    /// and one write where something is due. What doesn't open is left for `Store.sweep`, and is due again after a lease.
    package func takeUp(atMost room: [MessageLane: Room]) async throws -> [Leased] {
        let now = clock.now()
        let due = try await database.read { connection in
            try room.flatMap { lane, room in
                try connection.rows(
                    """
                    select pool_id, id, sealed, attempts, due_at, lane from outbox
                    where lane = \(lane.rawValue) and due_at <= \(now.milliseconds)
                        and pool_id not in (\(list: room.fullPools))
                    order by due_at limit \(room.count)
                    """
                )
            }
        }
        guard !due.isEmpty else { return [] }
        let (leasedUntil, taken) = try await database.write { connection in
            let leasedUntil = clock.now().adding(seconds: StoredMessage.lease)
            // In one order on every node, as those that take at once would wait for each other.
            let ordered = try due.sorted { (try $0.text(0), try $0.text(1)) < (try $1.text(0), try $1.text(1)) }
            let taken = try ordered.filter { row in
                try connection.execute(
                    """
                    update outbox set due_at = \(leasedUntil.milliseconds)
                    where pool_id = \(try row.text(0)) and id = \(try row.text(1)) and due_at = \(try row.integer(4))
                    """
                ) == 1
            }
            return (leasedUntil, taken)
        }
        return try taken.compactMap { row in
            let context = Self.context(poolID: try row.text(0), id: try row.text(1))
            guard let lane = MessageLane(rawValue: try row.text(5)),
                let opened = try vault.open(row.bytes(2), for: .outbox, context: context),
                let message = try? RequestDecoder.document(DueMessage.self, from: opened)
            else { return nil }
            return Leased(message: message, lane: lane, attempts: try row.int(3), leasedUntil: leasedUntil)
        }
    }

    /// Takes down what became of messages: nothing where the lease ran out meanwhile and another node has taken the message
    /// up, which then says what becomes of it. One write.
    package func settle(_ settlements: [Settlement]) async throws {
        let sealed = try settlements.map { settlement -> [UInt8]? in
            if case .postponed(let leased, _) = settlement { try seal(leased.message) } else { nil }
        }
        try await database.write { connection in
            for (settlement, sealed) in zip(settlements, sealed) {
                switch settlement {
                case .done(let leased):
                    let message = leased.message
                    try connection.enqueue(
                        """
                        delete from outbox where pool_id = \(message.poolID) and id = \(message.id)
                            and due_at = \(leased.leasedUntil.milliseconds)
                        """
                    )
                case .postponed(let leased, let until):
                    let message = leased.message
                    try connection.enqueue(
                        """
                        update outbox set due_at = \(until.milliseconds), attempts = \(leased.attempts + 1),
                            sealed = \(sealed ?? [])
                        where pool_id = \(message.poolID) and id = \(message.id)
                            and due_at = \(leased.leasedUntil.milliseconds)
                        """
                    )
                }
            }
        }
    }

    /// How many messages wait to be sent, given leases among them. One read.
    package func count() async throws -> Int {
        try await database.read { try $0.row("select count(*) from outbox")?.int(0) } ?? 0
    }

    private func seal(_ message: DueMessage) throws -> [UInt8] {
        try vault.seal(
            message.paddedBytes,
            for: .outbox,
            context: Self.context(poolID: message.poolID, id: message.id)
        )
    }

    private static func context(poolID: String, id: String) -> String { "\(poolID)/\(id)" }
}

extension Connection {
    /// Keeps a message, unless its address had the hour's messages already, or its pool has sent the day's; returns why not.
    private func put(_ message: StoredMessage) throws -> WithheldMessages.Reason? {
        if let hash = message.limitedAddress {
            let isAllowed = try countAttempt(
                .unprovenAddressMessage,
                subject: .address(hash: hash),
                poolID: message.poolID,
                now: message.madeAt
            )
            guard isAllowed else { return .address }
        }
        if let limit = message.dailyLimit {
            guard try count(limit, poolID: message.poolID, now: message.madeAt) else { return .pool }
        }
        try enqueue(
            """
            insert into outbox (pool_id, id, sub, lane, sealed, attempts, due_at, expires_at)
            values (\(message.poolID), \(message.id), \(message.sub), \(message.lane.rawValue), \(message.sealed),
                \(0), \(message.dueAt.milliseconds), \(message.expiresAt.milliseconds))
            """
        )
        return nil
    }

    /// Keeps messages; returns those that are withheld.
    func put(_ messages: [StoredMessage]) throws -> WithheldMessages {
        var withheld = WithheldMessages()
        for message in messages {
            if let reason = try put(message) { withheld.add(message, reason) }
        }
        return withheld
    }
}
