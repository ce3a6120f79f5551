import CPostgreSQL
import Glibc
import OperatingSystem
import Synchronization

/// The one connection that listens, on a thread of its own.
///
/// It connects when something is first listened to, and again whenever the connection is lost. As notifications sent
/// meanwhile are lost, it then delivers an empty payload to every channel.
final class PostgreSQLListener: Sendable {
    private struct State {
        var isStarted = false
        var isClosed = false
        var closer: CheckedContinuation<Void, Never>?
    }

    private let settings: PostgreSQLSettings
    private let hub: NotificationHub
    /// Written to when there is a new channel or the end has come.
    private let wake = WakeDescriptor()
    private let state = Mutex(State())

    /// A listener that delivers to the hub.
    init(settings: PostgreSQLSettings, hub: NotificationHub) {
        self.settings = settings
        self.hub = hub
    }

    /// Takes up the channels that the hub has by now, starting the thread if need be.
    func listen() {
        let mustStart = state.withLock { state in
            guard !state.isStarted, !state.isClosed else { return false }
            state.isStarted = true
            return true
        }
        wake.signal()
        guard mustStart else { return }
        do {
            try startThread { self.run() }
        } catch {
            // The next one who listens tries again; until then caches live as long as their fallback lets them.
            state.withLock { $0.isStarted = false }
        }
    }

    /// Lets the thread end.
    func stop() {
        state.withLock { $0.isClosed = true }
        wake.signal()
    }

    /// Ends the thread and returns when it has ended.
    func close() async {
        stop()
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                guard state.isStarted else { return true }
                state.closer = continuation
                return false
            }
            if isOver {
                continuation.resume()
            }
        }
    }

    private var isClosed: Bool {
        state.withLock { $0.isClosed }
    }

    private func run() {
        var delay: Int32 = 100
        while !isClosed {
            do {
                try serveOneConnection { delay = 100 }
            } catch {
                // Nobody to tell: those who listen can only wait, and a `ping` reports the same.
            }
            guard !isClosed else { break }
            wake.wait(orReadable: -1, milliseconds: delay)
            delay = min(delay * 2, 5000)
        }
        let closer = state.withLock { state in
            state.isStarted = false
            defer { state.closer = nil }
            return state.closer
        }
        closer?.resume()
    }

    /// Connects and delivers until the connection is lost, which throws, or the listener is closed.
    private func serveOneConnection(_ connected: () -> Void) throws(DatabaseError) {
        let handle = try PostgreSQLHandle(settings)
        var listened: Set<String> = []
        while !isClosed {
            for channel in hub.channels.subtracting(listened) {
                try handle.runScript("listen \(quoted(channel))")
                listened.insert(channel)
                hub.deliver(channel, "")
            }
            connected()
            deliver(from: handle)
            wake.wait(orReadable: handle.socket, milliseconds: -1)
            guard unsafe PQconsumeInput(handle.pointer) == 1, handle.isAlive else { throw handle.lastError }
        }
    }

    private func deliver(from handle: borrowing PostgreSQLHandle) {
        while let notification = unsafe PQnotifies(handle.pointer) {
            let channel = unsafe String(cString: notification.pointee.relname)
            let payload = unsafe String(cString: notification.pointee.extra)
            unsafe PQfreemem(notification)
            hub.deliver(channel, payload)
        }
    }

    private func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
