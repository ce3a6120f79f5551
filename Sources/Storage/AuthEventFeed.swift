package import Domain
import Synchronization

/// Tells who listens of each event of users' histories, once the transaction that wrote it has committed.
package final class AuthEventFeed: Sendable {
    /// Called on the thread of whoever wrote: it must not take long.
    package typealias Listener = @Sendable (AuthEvent) -> Void

    private let listener = Mutex<Listener?>(nil)

    /// Nobody listens yet.
    package init() {}

    /// Has the listener told, in place of an earlier one.
    package func listen(_ listener: @escaping Listener) { self.listener.withLock { $0 = listener } }

    /// Tells of what was written. Nobody's events are told to nobody.
    func tell(_ event: AuthEvent?) {
        guard let event, !event.isSimulated else { return }
        listener.withLock { $0 }?(event)
    }
}
