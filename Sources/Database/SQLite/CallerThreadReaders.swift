import Synchronization

/// Reader connections for callers whose threads may block (`DatabaseOptions.callersMayBlock`).
final class CallerThreadReaders: Sendable {
    private struct State {
        var idle: [CallerThreadReader] = []
        var opened = 0
        var isClosed = false
    }

    private let path: String
    private let limit: Int
    private let counter: StatisticsCounter
    private let state = Mutex(State())

    init(path: String, limit: Int, counter: StatisticsCounter) {
        self.path = path
        self.limit = limit
        self.counter = counter
    }

    /// A connection for the current thread; nil if all are in use, or none can be opened.
    func take() -> CallerThreadReader? {
        let (idle, mayOpen): (CallerThreadReader?, Bool) = state.withLock { state in
            guard !state.isClosed else { return (nil, false) }
            if let reader = state.idle.popLast() { return (reader, false) }
            guard state.opened < limit else { return (nil, false) }
            state.opened += 1
            return (nil, true)
        }
        guard mayOpen else { return idle }
        guard let connection = try? SQLiteConnection(path: path, role: .reader, counter: counter) else {
            state.withLock { $0.opened -= 1 }
            return nil
        }
        return CallerThreadReader(connection: connection, counter: counter)
    }

    func give(back reader: CallerThreadReader) {
        state.withLock { state in
            // After closing, releasing it closes its connection.
            if !state.isClosed { state.idle.append(reader) }
        }
    }

    func close() {
        state.withLock { state in
            state.isClosed = true
            state.idle = []
        }
    }
}

/// One reader connection.
///
/// Sendable because `CallerThreadReaders` gives it to one thread at a time.
final class CallerThreadReader: @unchecked Sendable {
    private let connection: SQLiteConnection
    private let counter: StatisticsCounter

    init(connection: SQLiteConnection, counter: StatisticsCounter) {
        self.connection = connection
        self.counter = counter
    }

    func read<Value>(_ body: (any Connection) throws -> Value) throws -> Value {
        try counter.measure(transactions: 1) { try connection.look { try body(connection) } }
    }
}
