import CSQLite
import Glibc
import Synchronization

/// One open handle of SQLite with its prepared statements.
///
/// Sendable because the handle is opened by one thread and then used only by the worker thread it is given to.
@safe final class SQLiteConnection: ScriptConnection, @unchecked Sendable {
    /// What a connection is opened for.
    enum Role {
        case reader, writer
        /// A writer whose data need not survive the machine.
        case ephemeralWriter
    }

    /// Statements kept prepared. Past it all are dropped: only lists of many lengths get there.
    private static let cacheLimit = 400

    /// The cache, in KiB, holds what a batch of imported users changes: with 2 MiB its pages were written and read
    /// again several times within one transaction. The log is taken over into the file at 16 MiB, when most pages of it
    /// are there many times.
    private static let writerSettings = "pragma cache_size = -12288; pragma wal_autocheckpoint = 4096;"

    /// Nil once closed, after which nothing is called any more.
    private var handle: OpaquePointer?
    private let counter: StatisticsCounter
    private var statements: [String: SQLiteStatement] = [:]
    /// The first failure of the current `write`.
    private(set) var failure: DatabaseError?
    /// What the current `write` wants to tell when it is committed.
    private var notifications: [(channel: String, payload: String)] = []

    /// Opens the file, which must exist.
    init(path: String, role: Role, counter: StatisticsCounter) throws(DatabaseError) {
        _ = Self.configuration
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let result = unsafe sqlite3_open_v2(path, &opened, flags, nil)
        guard result == SQLITE_OK, let opened = unsafe opened else {
            let error = unsafe DatabaseError(sqlite: result, of: opened)
            unsafe sqlite3_close_v2(opened)
            throw DatabaseError(error.code, "SQLite can't open \(path): \(error.message)")
        }
        unsafe handle = opened
        self.counter = counter
        do {
            try prepareSession(role)
        } catch {
            throw error as? DatabaseError ?? DatabaseError(.other, "\(error)")
        }
    }

    deinit {
        close()
    }

    /// Gives up the file. The last connection to it deletes the files beside it.
    func close() {
        statements = [:]
        unsafe sqlite3_close_v2(handle)
        unsafe handle = nil
    }

    /// Done once, before SQLite is first used.
    private static let configuration = martlet_sqlite3_configure()

    private func prepareSession(_ role: Role) throws {
        unsafe sqlite3_busy_timeout(handle, 5000)
        let collation = unsafe sqlite3_create_collation_v2(
            handle,
            "C",
            SQLITE_UTF8,
            nil,
            { _, oneCount, one, otherCount, other in
                guard let one = unsafe one, let other = unsafe other else { return oneCount - otherCount }
                let order = unsafe memcmp(one, other, Int(min(oneCount, otherCount)))
                return order == 0 ? oneCount - otherCount : order
            },
            nil
        )
        guard collation == SQLITE_OK else { throw unsafe DatabaseError(sqlite: collation, of: handle) }
        var mode: Row?
        try unsafe prepared("pragma journal_mode = wal").run([], on: handle) { mode = $0 }
        guard try mode?.text(0) == "wal" else {
            throw DatabaseError(.other, "The file system offers no write-ahead log (WAL) for SQLite.")
        }
        try runScript(
            """
            pragma foreign_keys = on;
            pragma case_sensitive_like = on;
            pragma trusted_schema = off;
            pragma temp_store = memory;
            pragma journal_size_limit = 67108864;
            """
        )
        switch role {
        case .reader: try runScript("pragma cache_size = -1024; pragma query_only = on;")
        case .writer: try runScript("\(Self.writerSettings) pragma synchronous = full;")
        case .ephemeralWriter: try runScript("\(Self.writerSettings) pragma synchronous = off;")
        }
    }

    func rows(_ sql: SQL) throws -> [Row] {
        counter.statements.wrappingAdd(1, ordering: .relaxed)
        var rows: [Row] = []
        try run(sql) { rows.append($0) }
        return rows
    }

    @discardableResult func execute(_ sql: SQL) throws -> Int {
        counter.statements.wrappingAdd(1, ordering: .relaxed)
        let before = unsafe sqlite3_total_changes64(handle)
        try run(sql) { _ in }
        // sqlite3_changes tells of the last insert, update or delete, which need not be this statement.
        guard unsafe sqlite3_total_changes64(handle) != before else { return 0 }
        return Int(unsafe sqlite3_changes64(handle))
    }

    func enqueue(_ sql: SQL) throws {
        if let failure { throw failure }
        do {
            try execute(sql)
        } catch is DatabaseError {
            // Kept in `failure`, to surface where PostgreSQL's would.
        }
    }

    func notify(_ channel: String, _ payload: String) throws {
        notifications.append((channel, payload))
    }

    func lockForMigration() throws {
        // `begin immediate` already keeps every other writer out.
    }

    func makeOwnTables() throws {
        // Those who listen are in this process, and are told by the writer.
    }

    func runScript(_ text: String) throws {
        var text = text
        let database = unsafe handle
        try text.withUTF8 { bytes in
            try unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
                var rest = unsafe UnsafeBufferPointer(rebasing: bytes[...])
                while !rest.isEmpty {
                    let prepared = try unsafe SQLiteStatement.prepare(rest, isKept: false, on: database)
                    try unsafe prepared.statement?.run([], on: database) { _ in }
                    unsafe rest = UnsafeBufferPointer(rebasing: rest[prepared.length...])
                }
            }
        }
    }

    /// Whether a transaction is open. SQLite ends one by itself on some failures, such as a full disk.
    var isInTransaction: Bool {
        unsafe sqlite3_get_autocommit(handle) == 0
    }

    /// Runs `begin`, `savepoint` and the like, which count for nobody and fail nobody's `write`.
    func control(_ text: String) throws {
        try unsafe prepared(text).run([], on: handle) { _ in }
    }

    /// Forgets the failure and the notifications of the `read` or `write` before.
    func start() {
        failure = nil
        notifications = []
    }

    /// What the `write` since `start` wants to tell.
    func takeNotifications() -> [(channel: String, payload: String)] {
        defer { notifications = [] }
        return notifications
    }

    private func run(_ sql: SQL, eachRow: (Row) -> Void) throws {
        if let failure { throw failure }
        do {
            try unsafe prepared(sql.text).run(sql.parameters, on: handle, eachRow: eachRow)
        } catch let error as DatabaseError {
            failure = error.of(sql.text)
            throw error.of(sql.text)
        }
    }

    private func prepared(_ text: String) throws -> SQLiteStatement {
        if let statement = statements[text] { return statement }
        if statements.count >= Self.cacheLimit {
            statements = [:]
        }
        var copy = text
        let database = unsafe handle
        let prepared = try copy.withUTF8 { bytes in
            try unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
                try unsafe SQLiteStatement.prepare(bytes, isKept: true, on: database)
            }
        }
        guard let statement = prepared.statement else { throw DatabaseError(.other, "There is no statement.") }
        statements[text] = statement
        return statement
    }
}
