package import CognitoModel
package import Domain
import OperatingSystem
package import Storage
package import Triggers

/// Makes messages to users and sends them, each at least once.
///
/// A message is made (`prepare`), kept by the write that makes what it is about, and sent when that is done (`send`). Its row
/// says when another node takes it up, if this one dies meanwhile, and it goes once the message was handed over. What can't
/// be handed over now is tried again until it is worth nothing any more.
///
/// What callers wait for is the same for those who exist and those who don't, where a client hides that: a message is made,
/// sealed, kept and put into the queue, where it rests; only then one is sent and the other not, at a moment that nobody
/// knows, so that what sending takes of a processor isn't seen in what the same caller asks for next.
package final class MessageSender: Sendable {
    /// How long a try may take.
    package static let longestTry = Duration.seconds(30)
    /// How many messages of each lane are tried at once, beside those that callers wait for.
    private static let concurrency = 16
    /// How long a message rests that its caller may not learn of.
    private static let rests = 20...150  // milliseconds
    /// How often it is looked for those that are due.
    private static let interval = Duration.seconds(3)

    let store: Store
    let triggers: TriggerService
    let delivery: any MessageDelivery
    let clock: WallClock
    let observer: MessageObserver
    let encryption: any CodeEncryption
    let queue = MessageQueue()
    private let identifiers: IdentifierGenerator
    private let limits: MessageLimits

    package init(
        store: Store,
        triggers: TriggerService,
        delivery: any MessageDelivery,
        identifiers: IdentifierGenerator,
        clock: WallClock,
        encryption: any CodeEncryption,
        limits: MessageLimits = MessageLimits(),
        observer: @escaping MessageObserver = { _ in }
    ) {
        self.store = store
        self.triggers = triggers
        self.delivery = delivery
        self.identifiers = identifiers
        self.clock = clock
        self.observer = observer
        self.encryption = encryption
        self.limits = limits
    }

    /// Makes a message, for the write that is to keep it. `now` is the call's moment, by which the hour's and the day's are
    /// counted. Nobody waits for the function that sends a pool's messages. No read or write.
    package func prepare(_ draft: MessageDraft, in pool: UserPool, now: Timestamp) throws -> PreparedMessage {
        let channel = draft.destination.channel
        let sender = pool.senderTrigger(channel)
        let isAsked = sender != nil || pool.function(for: .customMessage) != nil
        let message = DueMessage(
            id: try identifiers.uuid(),
            poolID: pool.id,
            sub: draft.user.sub,
            userName: draft.user.username,
            username: draft.username,
            destination: draft.destination,
            occasion: draft.occasion,
            code: draft.code,
            link: draft.link,
            caller: isAsked ? draft.caller : TriggerCaller(clientID: draft.caller.clientID),
            userAttributes: isAsked ? draft.functionAttributes ?? draft.user.triggerAttributes(in: pool) : nil,
            expiresAt: draft.expiresAt,
            isPretended: draft.handling == .pretended,
            words: draft.words,
            isHTML: draft.isHTML,
            ownText: draft.ownText
        )
        let address = draft.destination.attribute.value
        return PreparedMessage(
            stored: try store.outbox.stored(
                message,
                lane: MessageLane(channel, asksFunction: isAsked),
                limitedAddress: draft.isLimited ? store.vault.addressHash(address, poolID: pool.id) : nil,
                dailyLimit: limits.limit(of: channel),
                now: now
            ),
            due: message,
            isAwaited: draft.handling == .delivered && sender == nil,
            isHidden: draft.handling != .delivered
        )
    }

    /// Sends a message that was kept, or not where it was withheld. Whoever waits for it is told what another try can't mend:
    /// throws `DeliveryFailure`, `TriggerFailure` of the pool's function, or `MessageLimitExceeded`.
    package func send(_ message: PreparedMessage, withheld: WithheldMessages = WithheldMessages()) async throws {
        if let reason = withheld[message.stored] {
            if !message.due.isPretended { observer(MessageEvent(message.due, .withheld)) }
            if reason == .pool, message.isAwaited {
                throw MessageLimitExceeded(message.due.channel, message.due.occasion)
            }
            return
        }
        let leased = OutboxRepository.Leased(
            message: message.due,
            lane: message.stored.lane,
            attempts: 0,
            leasedUntil: message.stored.dueAt
        )
        // Where the write took so long that a try mightn't end within the lease, nobody's is begun: it comes due.
        guard message.isAwaited, MessageQueue.isTimely(leased, now: clock.now()) else {
            guard message.isHidden else { return queue.add(leased) }
            return queue.add(leased, after: .milliseconds(Int.random(in: Self.rests)))
        }
        queue.beginAwaited()
        defer { queue.endAwaited() }
        let failure = await RequestPlace.whileWaiting { await attempt(leased, isAwaited: true) }
        if let failure { throw failure }
    }

    /// Sends messages that one write kept, each as `send` does, whatever becomes of the others. Throws the first failure.
    package func send(_ messages: [PreparedMessage], withheld: WithheldMessages) async throws {
        var failure: (any Error)?
        for message in messages {
            do {
                try await send(message, withheld: withheld)
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    /// Keeps a message that belongs to no other write, and sends it as `send` does. 1 write.
    package func keepAndSend(_ message: PreparedMessage) async throws {
        try await send(message, withheld: try await store.outbox.put(message.stored))
    }

    /// Sends what waits and what comes due, until it is cancelled; what is being tried then is tried again later. `fault`
    /// hears of what went wrong on the way, which is tried again.
    package func run(fault: @escaping @Sendable (any Error) -> Void) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.settle(reporting: fault) }
            group.addTask { await self.takeUp(reporting: fault) }
            group.addTask { await self.queue.endRests() }
            for await _ in queue.work {
                while let message = queue.take(atMost: Self.concurrency, now: clock.now()) {
                    group.addTask {
                        _ = await self.attempt(message)
                        self.queue.finishTrying(message)
                    }
                }
            }
        }
    }

    /// Sends what waits, and returns when nothing is on its way: beside `run`, or where nobody runs it. Ends early where it
    /// is cancelled, or the database doesn't answer.
    package func drain() async {
        while !queue.isIdle, !Task.isCancelled {
            if let message = queue.take(atMost: .max, now: clock.now(), inHurry: true) {
                _ = await attempt(message)
                queue.finishTrying(message)
            } else if await (try? settleSome()) == nil {
                return
            } else if !queue.isIdle {
                try? await Task.sleep(for: .milliseconds(1))
            }
        }
    }

    /// Takes up nothing more and sends what waits, for so long at most: what is left then comes due on another node.
    package func finish(within limit: Duration) async {
        queue.close()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.drain() }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Takes up what is due, as much as there is room for; returns how much it was. 1 read, and 1 write where something is.
    @discardableResult
    package func takeUpDue() async throws -> Int {
        let room = queue.room
        guard !room.isEmpty else { return 0 }
        let due = try await store.outbox.takeUp(atMost: room)
        for message in due { queue.add(message) }
        return due.count
    }

    private func takeUp(reporting fault: @Sendable (any Error) -> Void) async {
        var pause = Duration.zero
        while (try? await Task.sleep(for: pause)) != nil {
            do {
                // Where there may be more, it goes on, as soon as there is room.
                let isMore = try await takeUpDue() > 0
                pause = isMore ? .milliseconds(20) : queue.hasFullPools ? .milliseconds(100) : Self.interval
            } catch {
                fault(error)
                pause = Self.interval
            }
        }
    }

    private func settle(reporting fault: @Sendable (any Error) -> Void) async {
        for await _ in queue.results {
            do {
                while try await settleSome() {}
            } catch {
                fault(error)
                try? await Task.sleep(for: .seconds(1))
                queue.settleAgain()
            }
        }
    }

    /// Takes down what became of messages, some hundred at a time; returns whether there was something. 1 write.
    private func settleSome() async throws -> Bool {
        let settlements = queue.takeSettlements(atMost: 500)
        guard !settlements.isEmpty else { return false }
        do {
            try await store.outbox.settle(settlements)
        } catch {
            queue.finishSettling(settlements, isDone: false)
            throw error
        }
        queue.finishSettling(settlements, isDone: true)
        return true
    }
}
