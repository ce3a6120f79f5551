package import Domain
import Synchronization

/// Tells who listens of each event of users' histories, once the transaction that wrote it has committed.
package final class AuthEventFeed: Sendable {
    /// Called on the thread of whoever wrote: it must not take long.
    package typealias Listener = @Sendable (AuthEvent) -> Void

    /// A function by itself would be wrapped anew each time that it is read out of a generic place and written back, and
    /// after some thousand times a call of it end the stack.
    private struct Listening {
        let tell: Listener
    }

    private let listening = Mutex<Listening?>(nil)

    /// Nobody listens yet.
    package init() {}

    /// Has the listener told, in place of an earlier one.
    package func listen(_ listener: @escaping Listener) { listening.withLock { $0 = Listening(tell: listener) } }

    /// Tells of what was written. Nobody's events are told to nobody.
    func tell(_ event: AuthEvent?) {
        guard let event, !event.isSimulated else { return }
        listening.withLock { $0 }?.tell(event)
    }
}
