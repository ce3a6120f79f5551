import CognitoModel
package import Domain
package import Messaging
import Synchronization

/// Where dev keeps what it "sent": the newest thousand messages.
package final class MessageInbox: MessageDelivery {
    private static let capacity = 1000

    /// A message, and which one since the start it is.
    struct Entry: Sendable {
        let number: Int
        let message: Message
    }

    private struct Kept: Sendable {
        var entries: [Entry] = []
        var next = 1
    }

    private let kept = Mutex(Kept())

    /// An empty inbox.
    package init() {}

    /// Keeps the message.
    package func deliver(_ message: Message) async throws(DeliveryFailure) {
        kept.withLock { kept in
            kept.entries.append(Entry(number: kept.next, message: message))
            kept.next += 1
            if kept.entries.count > Self.capacity { kept.entries.removeFirst(kept.entries.count - Self.capacity) }
        }
    }

    /// The messages to an address, or all, the oldest first.
    func messages(to address: String?) -> [Message] {
        entries.map(\.message).filter { address == nil || $0.to == address }
    }

    /// The messages whose address has that text in it, or all, the newest first.
    func entries(toWhom text: String?) -> [Entry] {
        let text = text?.lowercased() ?? ""
        return entries.reversed().filter { text.isEmpty || $0.message.to.lowercased().contains(text) }
    }

    /// The message of that number; nil where it is gone.
    func entry(_ number: Int) -> Entry? { entries.first { $0.number == number } }

    func clear() { kept.withLock { $0.entries = [] } }

    private var entries: [Entry] { kept.withLock { $0.entries } }
}
