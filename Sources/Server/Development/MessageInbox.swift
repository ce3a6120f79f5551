package import Messaging
import CognitoModel
package import Domain
import Synchronization

/// Where dev keeps what it "sent": the newest thousand messages.
package final class MessageInbox: MessageDelivery {
    private static let capacity = 1000

    private let messages = Mutex<[Message]>([])

    /// An empty inbox.
    package init() {}

    /// Keeps the message.
    package func deliver(_ message: Message) async throws(DeliveryFailure) {
        messages.withLock { messages in
            messages.append(message)
            if messages.count > Self.capacity { messages.removeFirst(messages.count - Self.capacity) }
        }
    }

    /// The messages to an address, or all, the oldest first.
    func messages(to address: String?) -> [Message] {
        messages.withLock { messages in messages.filter { address == nil || $0.to == address } }
    }

    func clear() { messages.withLock { $0 = [] } }
}
