import CognitoModel
import Domain
import Storage
import Triggers

extension MessageSender {
    /// Tries to send a message, and lets what became of it be taken down; returns what whoever waits for it is to be told.
    func attempt(_ leased: OutboxRepository.Leased, isAwaited: Bool = false) async -> (any Error)? {
        var leased = leased
        let expiresAt = leased.message.expiresAt.milliseconds
        guard !leased.message.isPretended else {
            queue.add(.done(leased))
            return nil
        }
        guard clock.now().milliseconds < expiresAt else {
            let channel = leased.message.channel
            giveUp(leased, .expired, DeliveryFailure(channel, isPermanent: true, cause: MessageExpired()))
            return nil
        }
        do {
            try await handOver(&leased)
        } catch {
            // Whoever cancels wants to be gone. A message whose caller hung up goes on without them; where the node ends the
            // row stays, and comes due.
            if Task.isCancelled, !error.isPermanent {
                if isAwaited { queue.add(leased) }
                return nil
            }
            let isFinal = error.isPermanent || isAwaited && error.cause is TriggerFailure
            guard !isFinal else {
                giveUp(leased, .failed, error)
                return error.cause as? TriggerFailure ?? error
            }
            let next = clock.now().adding(milliseconds: RetrySchedule.delay(after: leased.attempts))
            guard next.milliseconds < expiresAt else {
                giveUp(leased, .expired, error)
                return nil
            }
            queue.add(.postponed(leased, until: next))
            observer(MessageEvent(leased.message, .delayed, error))
            return nil
        }
        queue.add(.done(leased))
        observer(MessageEvent(leased.message, .sent))
        return nil
    }

    private func giveUp(_ leased: OutboxRepository.Leased, _ outcome: MessageOutcome, _ failure: DeliveryFailure) {
        queue.add(.done(leased))
        observer(MessageEvent(leased.message, outcome, failure))
    }

    /// Hands a message over: to the pool's function that sends, or else to what delivers, in the words of its function.
    private func handOver(_ leased: inout OutboxRepository.Leased) async throws(DeliveryFailure) {
        var message = leased.message
        let pool: UserPool?
        do {
            pool = try await store.directory.findPool(message.poolID)?.pool
        } catch {
            throw DeliveryFailure(message.channel, isPermanent: false, cause: error)
        }
        guard let pool else { throw DeliveryFailure(message.channel, isPermanent: true, cause: PoolGone()) }
        if let trigger = pool.senderTrigger(message.channel) {
            return try await handOver(message, to: trigger, in: pool, tries: leased.attempts)
        }
        do throws(TriggerFailure) {
            message = try await triggers.customMessage(message, in: pool)
        } catch {
            throw DeliveryFailure(message.channel, isPermanent: !error.mayPass, cause: error)
        }
        leased.message = message
        try await deliver(
            Message(
                id: message.id,
                poolID: pool.id,
                sender: message.channel == .email ? pool.mailSender : nil,
                to: message.destination.attribute.value,
                channel: message.channel,
                subject: message.subject,
                body: message.body,
                code: message.code,
                sentAt: clock.now(),
                isHTML: message.isHTML,
                ownText: message.ownText
            )
        )
    }

    /// Hands a message over to a function. As where Lambda itself calls one for an event, it is tried twice more if it fails
    /// (Lambda's developer guide, "Asynchronous invocation").
    private func handOver(
        _ message: DueMessage,
        to trigger: Trigger,
        in pool: UserPool,
        tries: Int
    ) async throws(DeliveryFailure) {
        let code: String?
        do {
            code = try message.code.map { code in
                // Temporary passwords come escaped (developer guide, "Custom email sender Lambda trigger").
                let text = message.occasion == .adminCreateUser ? code.htmlEscaped : code
                return try encryption.encrypt(text, in: pool)
            }
        } catch {
            // A key that is missing the operator can give meanwhile, and the pool's administrator name another.
            let isPermanent = error as? CodeEncryptionFailure == .tooLong
            throw DeliveryFailure(message.channel, isPermanent: isPermanent, cause: error)
        }
        do throws(TriggerFailure) {
            try await triggers.customSender(trigger, message, code: code, in: pool)
        } catch {
            throw DeliveryFailure(message.channel, isPermanent: !error.mayPass && tries >= 2, cause: error)
        }
    }

    /// Delivers a message within the time that a try has.
    private func deliver(_ message: Message) async throws(DeliveryFailure) {
        let delivery = delivery
        let failure = await withTaskGroup(of: Result<Void, DeliveryFailure>?.self) { group -> DeliveryFailure? in
            group.addTask {
                do throws(DeliveryFailure) {
                    try await delivery.deliver(message)
                    return .success(())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await Task.sleep(for: Self.longestTry)
                return nil
            }
            defer { group.cancelAll() }
            for await result in group {
                switch result {
                case .success: return nil
                case .failure(let failure): return failure
                // What is cut short may come to its end all the same.
                case nil: group.cancelAll()
                }
            }
            return DeliveryFailure(message.channel, isPermanent: false, cause: CancellationError())
        }
        if let failure { throw failure }
    }
}

/// What the message is about is worth nothing any more.
struct MessageExpired: Error, CustomStringConvertible {
    var description: String { "its code, or what it is about, was worth nothing any more before it could be sent" }
}

extension TriggerFailure {
    /// Whether another try may not meet it.
    fileprivate var mayPass: Bool {
        if case .unreachable = self { true } else { false }
    }
}

/// The message's pool was deleted.
struct PoolGone: Error, CustomStringConvertible {
    var description: String { "its user pool was deleted" }
}
