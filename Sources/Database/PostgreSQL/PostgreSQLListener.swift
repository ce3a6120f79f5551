import CPostgreSQL
import Glibc
import OperatingSystem
import Synchronization

/// The one connection that looks for changes, on a thread of its own: each second
/// (`DatabaseOptions.changeInterval`), and at once when `NOTIFY` says so.
///
/// It connects when something is first listened to, and again whenever the connection is lost. Then it delivers an
/// empty payload to every channel, as the server that answers now may be another, which was promoted and lacks the last
/// changes.
final class PostgreSQLListener: Sendable {
    private struct State {
        var isStarted = false
        var isClosed = false
        var closer: CheckedContinuation<Void, Never>?
    }

    private let settings: PostgreSQLSettings
    /// How long a change may go unseen where no `NOTIFY` tells of it, in milliseconds.
    private let interval: Int32
    private let hub: NotificationHub
    /// Written to when there is a new channel or the end has come.
    private let wake = WakeDescriptor()
    private let state = Mutex(State())

    /// A listener that delivers to the hub.
    init(settings: PostgreSQLSettings, interval: Duration, hub: NotificationHub) {
        self.settings = settings
        self.interval = Int32(clamping: Int(interval / .milliseconds(1)))
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
        let peer = try handle.identifyPeer()
        var cursors: [String: ChangeCursor] = [:]
        while !isClosed {
            let channels = hub.channels
            cursors = cursors.filter { channels.contains($0.key) }
            let new = channels.filter { cursors[$0] == nil }
            if !peer.isPooled {
                // Before the first look, so that nothing falls in between.
                for channel in new { listen(to: channel, on: handle) }
            }
            let numbers = try currentNumbers(handle)
            for channel in channels {
                let number = numbers[channel] ?? 0
                if var cursor = cursors[channel] {
                    try deliver(channel, upTo: number, from: &cursor, handle)
                    cursors[channel] = cursor
                } else {
                    cursors[channel] = ChangeCursor(at: number)
                    hub.deliver(channel, "")
                }
            }
            connected()
            // One that came together with an answer may tell of what that answer doesn't hold.
            guard !takeHints(handle) else { continue }
            wake.wait(orReadable: handle.socket, milliseconds: interval)
            guard unsafe PQconsumeInput(handle.pointer) == 1, handle.isAlive else { throw handle.lastError }
            takeHints(handle)
        }
    }

    /// Whether there were hints to look again.
    @discardableResult private func takeHints(_ handle: borrowing PostgreSQLHandle) -> Bool {
        var isAny = false
        while let notification = unsafe PQnotifies(handle.pointer) {
            unsafe PQfreemem(notification)
            isAny = true
        }
        return isAny
    }

    /// Asks for hints. A database that has none to give is looked at each second.
    private func listen(to channel: String, on handle: borrowing PostgreSQLHandle) {
        let name = channel.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        try? handle.runScript("listen \"\(name)\"")
    }

    private func currentNumbers(_ handle: borrowing PostgreSQLHandle) throws(DatabaseError) -> [String: Int64] {
        var numbers: [String: Int64] = [:]
        for row in try handle.rows(PostgreSQLChanges.numbers) {
            numbers[try row.text(0)] = try row.integer(1)
        }
        return numbers
    }

    private func deliver(
        _ channel: String,
        upTo number: Int64,
        from cursor: inout ChangeCursor,
        _ handle: borrowing PostgreSQLHandle
    ) throws(DatabaseError) {
        guard number != cursor.number else { return }
        var changes: [(number: Int64, payload: String)] = []
        for row in try handle.rows(PostgreSQLChanges.after(cursor.number, in: channel)) {
            changes.append((try row.integer(0), try row.text(1)))
        }
        for payload in cursor.advance(to: number, by: changes) {
            hub.deliver(channel, payload)
        }
    }
}
