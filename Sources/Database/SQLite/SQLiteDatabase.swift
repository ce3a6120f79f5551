import OperatingSystem

/// SQLite in one file: one writer thread that commits in groups, and readers that never wait for it.
final class SQLiteDatabase: DatabaseEngine {
    private let file: SQLiteFile
    private let counter = StatisticsCounter()
    private let hub = NotificationHub()
    private let condition = WriterCondition(noting: [.diskFull, .readOnly, .connectionFailure, .busy])
    private let readers: WorkerPool<any PendingWork>
    /// Nil unless callers may block.
    private let callerThreadReaders: CallerThreadReaders?
    private let writer: WorkerPool<any PendingWork>

    let kind = DatabaseKind.sqlite

    /// Opens a file that lasts. Every commit is on the disk before its `write` returns.
    convenience init(path: String, options: DatabaseOptions) throws(DatabaseError) {
        try self.init(SQLiteFile(path: path), role: .writer, options: options)
    }

    /// Opens a database that is gone when it is closed, and doesn't wait for the disk.
    convenience init(ephemeral options: DatabaseOptions) throws(DatabaseError) {
        let directory = try SQLiteFile.temporary()
        do {
            try self.init(directory, role: .ephemeralWriter, options: options)
        } catch {
            directory.remove()
            throw error
        }
    }

    private init(_ file: SQLiteFile, role: SQLiteConnection.Role, options: DatabaseOptions) throws(DatabaseError) {
        self.file = file
        let connection = try SQLiteConnection(path: file.path, role: role, counter: counter)
        let thread = SQLiteWriter(
            connection: connection,
            hub: hub,
            counter: counter,
            condition: condition,
            executor: options.executor
        )
        writer = WorkerPool(
            threads: 1,
            waitingLimit: options.waitingLimit,
            counter: counter,
            serve: { queue in thread.serve(queue) }
        )
        readers = WorkerPool(
            threads: options.sqliteReaders,
            waitingLimit: options.waitingLimit,
            counter: counter,
            serve: { [counter] queue in SQLiteReader(path: file.path, counter: counter).serve(queue) }
        )
        callerThreadReaders =
            options.callersMayBlock
            ? CallerThreadReaders(path: file.path, limit: options.sqliteReaders, counter: counter) : nil
        // It owns the open connection, so it has to run for that to be closed.
        writer.startThread()
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        if let callerThreadReaders, let reader = callerThreadReaders.take() {
            defer { callerThreadReaders.give(back: reader) }
            return try reader.read(body)
        }
        return try await waitForWork(body) { work throws(DatabaseError) in try readers.submit(work) }
    }

    @discardableResult func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws
        -> T
    {
        try await waitForWork(body) { work throws(DatabaseError) in try writer.submit(work) }
    }

    func migrate(_ migrations: [Migration]) async throws {
        try await write { connection in
            guard let connection = connection as? any ScriptConnection else { return }
            try Migration.apply(migrations, on: connection)
        }
    }

    func ping() async throws {
        let readers = readers
        _ = try await waitForWork(atMost: .seconds(2)) { connection in
            try connection.row("select name from sqlite_schema limit 1")
        } submit: { work throws(DatabaseError) in
            try readers.submit(work, urgent: true)
        }
        try await condition.check { try await proveWriting() }
    }

    /// Writes a page, with what it holds already, so that a full disk or a read-only file shows.
    private func proveWriting() async throws {
        let writer = writer
        _ = try await waitForWork(atMost: .seconds(2)) { connection in
            try connection.execute("pragma user_version = 0")
        } submit: { work throws(DatabaseError) in
            try writer.submit(work, urgent: true)
        }
    }

    func notifications(_ channel: String) -> AsyncStream<String> {
        hub.stream(channel)
    }

    func close() async {
        callerThreadReaders?.close()
        await readers.close()
        await writer.close()
        hub.close()
        file.remove()
    }

    var statistics: DatabaseStatistics {
        counter.snapshot
    }
}
