import Synchronization

/// Hands notifications to the streams of this process.
final class NotificationHub: Sendable {
    private struct State {
        var nextListener = 0
        var listeners: [String: [Int: AsyncStream<String>.Continuation]] = [:]
        var isClosed = false
    }

    /// What a stream holds for a reader that is behind, before the oldest are dropped.
    private static let bufferSize = 1024
    private let state = Mutex(State())

    /// The channels that anyone listens to.
    var channels: Set<String> {
        state.withLock { Set($0.listeners.keys) }
    }

    /// A stream of what is delivered to the channel from now on.
    func stream(_ channel: String) -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: String.self,
            bufferingPolicy: .bufferingNewest(Self.bufferSize)
        )
        let listener: Int? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.nextListener += 1
            state.listeners[channel, default: [:]][state.nextListener] = continuation
            return state.nextListener
        }
        guard let listener else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in self?.remove(listener, from: channel) }
        return stream
    }

    /// Delivers to everyone who listens to the channel.
    func deliver(_ channel: String, _ payload: String) {
        let listeners = state.withLock { Array(($0.listeners[channel] ?? [:]).values) }
        for listener in listeners {
            if case .dropped = listener.yield(payload) {
                listener.yield("")
            }
        }
    }

    /// Ends every stream, and those asked for later.
    func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            let listeners = state.listeners.values.flatMap(\.values)
            state.listeners = [:]
            return listeners
        }
        for listener in listeners {
            listener.finish()
        }
    }

    private func remove(_ listener: Int, from channel: String) {
        state.withLock { state in
            state.listeners[channel]?[listener] = nil
            if state.listeners[channel]?.isEmpty == true {
                state.listeners[channel] = nil
            }
        }
    }
}
