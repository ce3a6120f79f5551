/// PostgreSQL through libpq: two bounded pools of connections, each on its own thread. Look-ups share those of the one,
/// and a `read` or `write` has one of the other to itself.
final class PostgreSQLDatabase: DatabaseEngine {
    private let counter = StatisticsCounter()
    private let hub = NotificationHub()
    private let condition = WriterCondition(noting: [.diskFull, .readOnly])
    private let listener: PostgreSQLListener
    private let workers: WorkerPool<PostgreSQLWorker.Job>
    private let lookUps: WorkerPool<LookUp>

    let kind = DatabaseKind.postgreSQL

    /// Checks the URL; connects only when used.
    init(url: String, options: DatabaseOptions) throws(DatabaseError) {
        let settings = try PostgreSQLSettings(url: url)
        let worker = PostgreSQLWorker(
            settings: settings,
            patience: options.patience,
            counter: counter,
            condition: condition
        )
        workers = WorkerPool(
            threads: options.postgreSQLConnections,
            waitingLimit: options.waitingLimit,
            counter: counter,
            serve: { queue in worker.serve(queue) }
        )
        let lookUpWorker = PostgreSQLLookUps(settings: settings, patience: options.patience, counter: counter)
        lookUps = WorkerPool(
            threads: options.postgreSQLLookUpConnections,
            waitingLimit: options.waitingLimit,
            together: PostgreSQLLookUps.together,
            counter: counter,
            serve: { queue in lookUpWorker.serve(queue) }
        )
        listener = PostgreSQLListener(settings: settings, interval: options.changeInterval, hub: hub)
    }

    deinit {
        listener.stop()
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await waitForWork(body) { work throws(DatabaseError) in try workers.submit(.read(work)) }
    }

    func lookUp(_ sql: SQL) async throws -> [Row] {
        try await withCheckedThrowingContinuation { continuation in
            do {
                try lookUps.submit(LookUp(sql: sql, continuation: continuation))
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    @discardableResult func write<T: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await waitForWork(body) { work throws(DatabaseError) in try workers.submit(.write(work)) }
    }

    func migrate(_ migrations: [Migration]) async throws {
        try await write { connection in
            guard let connection = connection as? any ScriptConnection else { return }
            try Migration.apply(migrations, on: connection)
        }
    }

    func ping() async throws {
        let workers = workers
        _ = try await waitForWork(atMost: .seconds(2)) { connection in
            try connection.row("select 1")
        } submit: { work throws(DatabaseError) in
            try workers.submit(.read(work), urgent: true)
        }
        try await condition.check { try await proveWriting() }
    }

    /// Has PostgreSQL make a file with a page in it, and drop it: a full disk stops just that, while what fits into
    /// the pages and the log that are there goes on.
    private func proveWriting() async throws {
        let workers = workers
        _ = try await waitForWork(atMost: .seconds(2)) { connection in
            try connection.execute("create temporary table martlet_probe on commit drop as select 1 as one")
        } submit: { work throws(DatabaseError) in
            try workers.submit(.write(work), urgent: true)
        }
    }

    func notifications(_ channel: String) -> AsyncStream<String> {
        let stream = hub.stream(channel)
        listener.listen()
        return stream
    }

    func close() async {
        await workers.close()
        await lookUps.close()
        await listener.close()
        hub.close()
    }

    var statistics: DatabaseStatistics {
        counter.snapshot
    }
}
