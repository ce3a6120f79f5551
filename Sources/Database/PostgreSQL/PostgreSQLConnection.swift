import Synchronization

/// What a `read` or `write` on PostgreSQL talks to: the transaction over a pipeline. Used by one worker thread only.
final class PostgreSQLConnection: ScriptConnection {
    /// How far our transaction is.
    private enum Transaction {
        case none
        /// `begin` waits for the first statement, to go with it.
        case wanted
        case begun
    }

    private static let begin: SQL = "begin isolation level read committed read write"
    private static let beginReading: SQL = "begin isolation level read committed read only"
    /// Behind a pooler a session's settings would be those of somebody else's next transaction.
    private static let limitsOfTransaction: SQL = """
        select set_config('statement_timeout', '30000', true), set_config('lock_timeout', '5000', true),
            set_config('idle_in_transaction_session_timeout', '60000', true)
        """
    /// Enqueued statements after which the answers are read, so that neither side's buffers grow without bound.
    private static let pendingLimit = 256

    private let pipeline: PostgreSQLPipeline
    private let counter: StatisticsCounter
    private var transaction = Transaction.none
    /// What the current `write` wants to tell when it is committed.
    private var notifications: [(channel: String, payload: String)] = []
    /// The first failure of the current `write`.
    private var failure: DatabaseError?
    /// Whether a commit was sent. If the connection is lost then, nobody knows what became of it.
    private(set) var isCommitSent = false

    /// Connects. Throws `DatabaseError` with the code `connectionFailure`.
    init(_ settings: PostgreSQLSettings, counter: StatisticsCounter) throws(DatabaseError) {
        pipeline = try PostgreSQLPipeline(settings)
        self.counter = counter
    }

    /// The connection that a thread keeps warm, if it can still serve, or else a new one in its place.
    static func usable(
        _ kept: inout PostgreSQLConnection?,
        _ settings: PostgreSQLSettings,
        counter: StatisticsCounter
    ) throws(DatabaseError) -> PostgreSQLConnection {
        if let connection = kept, connection.checkIsUsable() { return connection }
        // First, so that there are never two.
        kept = nil
        let connection = try PostgreSQLConnection(settings, counter: counter)
        kept = connection
        return connection
    }

    func rows(_ sql: SQL) throws -> [Row] {
        try send(sql)
        return try synchronize { result throws(DatabaseError) in try result.rows() } ?? []
    }

    @discardableResult func execute(_ sql: SQL) throws -> Int {
        try send(sql)
        return try synchronize { result in result.affectedRows } ?? 0
    }

    func enqueue(_ sql: SQL) throws {
        try send(sql)
        if pipeline.pendingCount >= Self.pendingLimit {
            try synchronize()
        }
    }

    func notify(_ channel: String, _ payload: String) throws {
        notifications.append((channel, payload))
    }

    func lockForMigration() throws {
        // The number is ours alone: it stands for "Martlet migrates".
        try execute("set local statement_timeout = 0")
        try execute("set local lock_timeout = 0")
        try execute("select pg_advisory_xact_lock(7310876281)")
    }

    func makeOwnTables() throws {
        for table in PostgreSQLChanges.tables {
            try execute(table)
        }
    }

    func runScript(_ text: String) throws {
        try synchronize()
        do {
            try pipeline.runScript(text)
        } catch {
            throw remember(error)
        }
    }

    /// Runs a `read`: each statement for itself.
    func read(_ work: any PendingWork) throws {
        try start(.none)
        do {
            try work.perform(on: self)
        } catch {
            try? synchronize()
            throw error
        }
        try synchronize()
    }

    /// The rows of each statement, all of which go together. With a failure it is the answers before it, and those after
    /// it aren't known.
    func lookUp(_ statements: [SQL]) -> (answers: [[Row]], failure: DatabaseError?) {
        var answers: [[Row]] = []
        var failure: DatabaseError?
        do throws(DatabaseError) {
            try start(.none)
            for sql in statements {
                try send(sql)
            }
        } catch {
            failure = error
        }
        do throws(DatabaseError) {
            try synchronizeEach { result, _ throws(DatabaseError) in try answers.append(result.rows()) }
        } catch {
            failure = error
        }
        return (answers, failure)
    }

    /// Runs a `write` as one transaction.
    func write(_ work: any PendingWork) throws {
        try start(.wanted)
        do {
            try work.perform(on: self)
            if let failure { throw failure }
            for addition in PostgreSQLChanges.additions(notifications, canNotify: pipeline.peer.canNotify) {
                try sendInTransaction(addition, isControl: true)
            }
            if transaction == .begun {
                try pipeline.send("commit", isControl: true)
                isCommitSent = true
                try synchronize()
            }
            transaction = .none
        } catch {
            let cause = failure ?? error
            rollBack()
            throw cause
        }
    }

    /// Whether the connection stands and can serve another call. Asks the socket too.
    func checkIsUsable() -> Bool {
        transaction == .none && !pipeline.isInTransaction && pipeline.checkIsAlive()
    }

    private func start(_ wanted: Transaction) throws(DatabaseError) {
        failure = nil
        notifications = []
        isCommitSent = false
        transaction = .none
        try pipeline.trimStatements()
        transaction = wanted
    }

    private func send(_ sql: SQL) throws(DatabaseError) {
        if let failure { throw failure }
        counter.statements.wrappingAdd(1, ordering: .relaxed)
        try sendInTransaction(sql, isControl: false)
    }

    /// Sends a statement, and before it what begins the transaction that it needs.
    private func sendInTransaction(_ sql: SQL, isControl: Bool) throws(DatabaseError) {
        do {
            if transaction == .wanted {
                try begin(Self.begin)
                transaction = .begun
            } else if transaction == .none, pipeline.peer.isPooled, pipeline.pendingCount == 0 {
                try begin(Self.beginReading)
            }
            try pipeline.send(sql, isControl: isControl)
        } catch {
            throw remember(error)
        }
    }

    private func begin(_ begin: SQL) throws(DatabaseError) {
        try pipeline.send(begin, isControl: true)
        if pipeline.peer.isPooled {
            try pipeline.send(Self.limitsOfTransaction, isControl: true)
        }
    }

    private func synchronize() throws(DatabaseError) {
        try synchronizeEach { _, _ in }
    }

    /// Waits for the answers, and gives that of the caller's last statement to them; nil where there is none.
    private func synchronize<Answer>(
        _ read: (borrowing PostgreSQLResult) throws(DatabaseError) -> Answer
    ) throws(DatabaseError) -> Answer? {
        var answer: Answer?
        try synchronizeEach { result, isLast throws(DatabaseError) in
            if isLast { answer = try read(result) }
        }
        return answer
    }

    private func synchronizeEach(
        _ read: (borrowing PostgreSQLResult, Bool) throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
        do {
            guard transaction == .none, pipeline.peer.isPooled, pipeline.pendingCount > 0 else {
                return try pipeline.synchronize(read)
            }
            // A `read`, whose transaction goes with its statements and ends with them: no round trip is added.
            defer {
                if pipeline.isInTransaction { try? endTransaction() }
            }
            try pipeline.send("commit", isControl: true)
            try pipeline.synchronize(read)
        } catch {
            throw remember(error)
        }
    }

    /// Keeps the failure if a transaction has to fail with it.
    private func remember(_ error: DatabaseError) -> DatabaseError {
        if transaction != .none, failure == nil {
            failure = error
        }
        return error
    }

    private func rollBack() {
        // What was enqueued may fail only now and take the rollback with it; then the second one does it.
        for _ in 0..<2 where transaction == .begun && pipeline.isAlive {
            try? endTransaction()
            if !pipeline.isInTransaction {
                transaction = .none
            }
        }
        if transaction == .wanted {
            transaction = .none
        }
    }

    /// Undoes the transaction that is open.
    private func endTransaction() throws(DatabaseError) {
        try pipeline.send("rollback", isControl: true)
        try pipeline.synchronize { _, _ in }
    }
}
