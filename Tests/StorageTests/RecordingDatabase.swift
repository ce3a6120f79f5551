import Database
import Synchronization

/// A database that takes down every statement on its way to another.
final class RecordingDatabase: DatabaseEngine {
    private final class RecordingConnection: Connection {
        private let connection: any Connection
        private let record: (SQL) -> Void

        init(_ connection: any Connection, record: @escaping (SQL) -> Void) {
            self.connection = connection
            self.record = record
        }

        func rows(_ sql: SQL) throws -> [Row] {
            record(sql)
            return try connection.rows(sql)
        }

        func execute(_ sql: SQL) throws -> Int {
            record(sql)
            return try connection.execute(sql)
        }

        func enqueue(_ sql: SQL) throws {
            record(sql)
            try connection.enqueue(sql)
        }

        func notify(_ channel: String, _ payload: String) throws { try connection.notify(channel, payload) }
    }

    private let database: any DatabaseEngine
    private let recorded = Mutex<[SQL]>([])
    private let beforeWrite: @Sendable () async throws -> Void

    /// `beforeWrite` comes between what its user has read and each of its writes.
    init(_ database: any DatabaseEngine, beforeWrite: @escaping @Sendable () async throws -> Void = {}) {
        self.database = database
        self.beforeWrite = beforeWrite
    }

    /// Every statement so far, in order.
    var statements: [SQL] { recorded.withLock { $0 } }

    var kind: DatabaseKind { database.kind }
    var statistics: DatabaseStatistics { database.statistics }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await database.read { try body(self.recording($0)) }
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await beforeWrite()
        return try await database.write { try body(self.recording($0)) }
    }

    func migrate(_ migrations: [Migration]) async throws { try await database.migrate(migrations) }
    func ping() async throws { try await database.ping() }
    func notifications(_ channel: String) -> AsyncStream<String> { database.notifications(channel) }
    func close() async { await database.close() }

    private func recording(_ connection: any Connection) -> any Connection {
        RecordingConnection(connection) { sql in self.recorded.withLock { $0.append(sql) } }
    }
}
