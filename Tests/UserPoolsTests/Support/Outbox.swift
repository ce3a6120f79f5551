import Accounts
import Domain
import Messaging
import SignIn
import Synchronization
import Testing

/// Keeps the messages that it is given, or fails.
final class Outbox: MessageDelivery {
    struct NoLine: Error {}

    private let kept = Mutex<[Message]>([])
    private let failing = Mutex<Bool?>(nil)

    var messages: [Message] { kept.withLock { $0 } }

    /// The newest code that was sent.
    var newestCode: String? { messages.last?.code }

    var addresses: [String] { messages.map(\.to) }

    var bodies: [String] { messages.map(\.body) }

    /// Whether messages can be handed over.
    func fail(_ isFailing: Bool = true) { failing.withLock { $0 = isFailing ? true : nil } }

    /// Messages can't be handed over, for good or not.
    func fail(permanently: Bool) { failing.withLock { $0 = permanently } }

    func clear() {
        kept.withLock { $0 = [] }
        fail(false)
    }

    func deliver(_ message: Message) async throws(DeliveryFailure) {
        if let isPermanent = failing.withLock({ $0 }) {
            throw DeliveryFailure(message.channel, isPermanent: isPermanent, cause: NoLine())
        }
        kept.withLock { $0.append(message) }
    }

    /// The newest code, or temporary password, that was sent to an address; to any, without one.
    func code(to address: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        let message = messages.last { address == nil || $0.to == address }
        return try #require(message?.code, "nothing was sent", sourceLocation: sourceLocation)
    }
}

/// Keeps what the observer of sign-ins was told.
final class SignInEvents: Sendable {
    private let kept = Mutex<[SignInEvent]>([])

    var all: [SignInEvent] { kept.withLock { $0 } }

    func clear() { kept.withLock { $0 = [] } }

    func add(_ event: SignInEvent) { kept.withLock { $0.append(event) } }
}
