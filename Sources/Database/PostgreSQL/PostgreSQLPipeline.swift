import CPostgreSQL
import Glibc

/// One connection to PostgreSQL in libpq's pipeline mode, with its prepared statements. Behind a pooler it has none, and
/// no settings of its own either.
///
/// What is sent is answered in order. `pending` remembers what was sent and not yet answered; `synchronize` reads all
/// of it. After a failure the server skips what follows, up to the synchronization.
@safe final class PostgreSQLPipeline {
    /// Something that was sent and whose answer is to come.
    private enum Pending {
        case preparation(of: StatementKey)
        case statement(text: String)
        /// Ours and not the caller's: nobody wants its answer.
        case control(text: String)
    }

    private struct StatementKey: Hashable {
        let text: String
        let types: [SQLType?]
    }

    /// Statements kept prepared. Past it all are dropped: only lists of many lengths get there.
    private static let cacheLimit = 400

    /// What is at the other end.
    let peer: PostgreSQLPeer
    private let handle: PostgreSQLHandle
    private var statements: [StatementKey: String] = [:]
    private var statementNumber = 0
    private var pending: [Pending] = []

    /// Connects. Throws `DatabaseError` with the code `connectionFailure`.
    init(_ settings: PostgreSQLSettings) throws(DatabaseError) {
        handle = try PostgreSQLHandle(settings)
        peer = try handle.identifyPeer()
        if !peer.isPooled {
            // Reading only is the session's default, so that a `read` can't write; `begin` asks for more.
            try handle.runScript(
                """
                set default_transaction_read_only = on;
                set statement_timeout = 30000;
                set lock_timeout = 5000;
                set idle_in_transaction_session_timeout = 60000;
                """
            )
        }
        try enter()
    }

    /// How many answers are still to be read.
    var pendingCount: Int { pending.count }

    /// Whether the server has a transaction of ours open.
    var isInTransaction: Bool { handle.isInTransaction }

    /// Whether the connection stands, as far as libpq has noticed.
    var isAlive: Bool { handle.isAlive }

    /// Whether the connection still stands. Looks at the socket, because libpq notices only what it reads.
    func checkIsAlive() -> Bool {
        guard handle.isAlive else { return false }
        var descriptor = pollfd(fd: handle.socket, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&descriptor, 1, 0) != 0 else { return true }
        // Nothing was asked, so what there is to read is a notice or the end.
        guard unsafe PQconsumeInput(handle.pointer) == 1 else { return false }
        return unsafe poll(&descriptor, 1, 0) == 0 && handle.isAlive
    }

    /// Sends a statement, preparing it first if it is new, without waiting. The answer to a control statement is only
    /// looked at for a failure.
    func send(_ sql: SQL, isControl: Bool = false) throws(DatabaseError) {
        let parameters: PostgreSQLParameters
        do {
            parameters = try PostgreSQLParameters(sql.parameters)
        } catch {
            throw error.of(sql.text)
        }
        let count = Int32(sql.parameters.count)
        let wasSent: Int32
        if peer.isPooled {
            let types = sql.parameters.map { PostgreSQLType.identifier(of: $0.type) }
            wasSent = unsafe parameters.withPointers { values, lengths, formats in
                unsafe PQsendQueryParams(handle.pointer, sql.text, count, types, values, lengths, formats, 1)
            }
        } else {
            let name = try prepare(sql)
            wasSent = unsafe parameters.withPointers { values, lengths, formats in
                unsafe PQsendQueryPrepared(handle.pointer, name, count, values, lengths, formats, 1)
            }
        }
        guard wasSent == 1 else { throw handle.lastError.of(sql.text) }
        pending.append(isControl ? .control(text: sql.text) : .statement(text: sql.text))
    }

    /// Reads the answers to everything that was sent and gives those of the caller's statements to them, in order, up to
    /// the first that failed, and tells which is the last.
    ///
    /// Throws the first failure, after all are read.
    func synchronize(
        _ read: (_ answer: borrowing PostgreSQLResult, _ isLast: Bool) throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
        guard !pending.isEmpty else { return }
        let sent = pending
        pending = []
        guard unsafe PQpipelineSync(handle.pointer) == 1 else { throw handle.lastError }
        var failure: DatabaseError?
        let last = sent.lastIndex { if case .statement = $0 { true } else { false } }
        for (index, one) in sent.enumerated() {
            while let result = unsafe PostgreSQLResult(PQgetResult(handle.pointer)) {
                if let error = result.error(isConnectionLost: !handle.isAlive) {
                    failure = failure ?? describe(error, one)
                    forget(one)
                } else if case .statement = one, failure == nil {
                    do {
                        try read(result, index == last)
                    } catch {
                        failure = describe(error, one)
                    }
                }
                guard handle.isAlive else { throw failure ?? handle.lastError }
            }
        }
        guard let end = unsafe PostgreSQLResult(PQgetResult(handle.pointer)), end.status == PGRES_PIPELINE_SYNC else {
            throw failure ?? handle.lastError
        }
        if let failure { throw failure }
    }

    /// Runs a text of many statements, for which pipeline mode has to be left. Nothing may be pending.
    func runScript(_ text: String) throws(DatabaseError) {
        guard unsafe PQexitPipelineMode(handle.pointer) == 1 else { throw handle.lastError }
        let failure: DatabaseError?
        do {
            try handle.runScript(text)
            failure = nil
        } catch {
            failure = error
        }
        try enter()
        if let failure { throw failure }
    }

    /// Asks the server to drop every prepared statement if there are too many. Nothing may be pending.
    func trimStatements() throws(DatabaseError) {
        guard statements.count >= Self.cacheLimit else { return }
        statements = [:]
        try runScript("deallocate all")
    }

    private func enter() throws(DatabaseError) {
        guard unsafe PQenterPipelineMode(handle.pointer) == 1 else { throw handle.lastError }
    }

    /// The name of the prepared statement. It is usable at once: the server works in order.
    private func prepare(_ sql: SQL) throws(DatabaseError) -> String {
        let key = StatementKey(text: sql.text, types: sql.parameters.map(\.type))
        if let name = statements[key] { return name }
        statementNumber += 1
        let name = "m\(statementNumber)"
        let types = key.types.map(PostgreSQLType.identifier)
        let wasSent = unsafe PQsendPrepare(handle.pointer, name, sql.text, Int32(types.count), types)
        guard wasSent == 1 else { throw handle.lastError.of(sql.text) }
        statements[key] = name
        pending.append(.preparation(of: key))
        return name
    }

    private func forget(_ one: Pending) {
        if case .preparation(let key) = one {
            statements[key] = nil
        }
    }

    private func describe(_ error: DatabaseError, _ one: Pending) -> DatabaseError {
        switch one {
        case .preparation(let key): error.of(key.text)
        case .statement(let text), .control(let text): error.of(text)
        }
    }
}
