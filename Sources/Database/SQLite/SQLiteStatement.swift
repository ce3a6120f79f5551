import CSQLite

/// A prepared statement of one connection.
@safe final class SQLiteStatement {
    private let handle: OpaquePointer
    /// Where `$1`, `$2`, … stand: to SQLite they are names, numbered by first appearance.
    private let positions: [Int32]
    private let columnCount: Int32

    /// Prepares the first statement of the text and tells how many of its bytes that took; nil when none is left.
    static func prepare(
        _ text: UnsafeBufferPointer<CChar>,
        isKept: Bool,
        on database: OpaquePointer?
    ) throws -> (statement: SQLiteStatement?, length: Int) {
        var handle: OpaquePointer?
        var end: UnsafePointer<CChar>?
        let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        let result = unsafe sqlite3_prepare_v3(database, text.baseAddress, Int32(text.count), flags, &handle, &end)
        guard result == SQLITE_OK else { throw unsafe DatabaseError(sqlite: result, of: database) }
        var length = 0
        if let start = text.baseAddress, let end = unsafe end {
            length = unsafe end - start
        }
        guard let handle = unsafe handle else { return (nil, length) }
        return (unsafe SQLiteStatement(handle: handle), length)
    }

    private init(handle: OpaquePointer) {
        unsafe self.handle = handle
        let count = unsafe sqlite3_bind_parameter_count(handle)
        positions = (0..<count).map { number in unsafe sqlite3_bind_parameter_index(handle, "$\(number + 1)") }
        columnCount = unsafe sqlite3_column_count(handle)
    }

    deinit {
        unsafe sqlite3_finalize(handle)
    }

    /// Runs the statement to its end, giving each row to the caller.
    func run(_ parameters: [SQL.Parameter], on database: OpaquePointer?, eachRow: (Row) -> Void) throws {
        defer {
            unsafe sqlite3_reset(handle)
            if !parameters.isEmpty {
                // So that no secret stays in a cached statement.
                unsafe sqlite3_clear_bindings(handle)
            }
        }
        try unsafe bind(parameters, on: database)
        while true {
            switch unsafe sqlite3_step(handle) {
            case SQLITE_ROW: eachRow(Row(try (0..<columnCount).map(value)))
            case SQLITE_DONE: return
            case let code: throw unsafe DatabaseError(sqlite: code, of: database)
            }
        }
    }

    private func bind(_ parameters: [SQL.Parameter], on database: OpaquePointer?) throws {
        guard parameters.count == positions.count else {
            throw DatabaseError(.other, "\(parameters.count) values for \(positions.count) parameters.")
        }
        for (parameter, position) in zip(parameters, positions) {
            let result = try bind(parameter.value, at: position)
            guard result == SQLITE_OK else { throw unsafe DatabaseError(sqlite: result, of: database) }
        }
    }

    private func bind(_ value: SQLValue, at position: Int32) throws -> Int32 {
        switch value {
        case .null:
            return unsafe sqlite3_bind_null(handle, position)
        case .integer(let integer):
            return unsafe sqlite3_bind_int64(handle, position, integer)
        case .boolean(let boolean):
            return unsafe sqlite3_bind_int64(handle, position, boolean ? 1 : 0)
        case .text(var text):
            return try text.withUTF8 { bytes in
                guard unsafe !bytes.contains(0) else {
                    throw DatabaseError(.invalidText, "Text may not hold a NUL character.")
                }
                return unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
                    // The empty string has no address, and no address would mean null.
                    guard let base = bytes.baseAddress else {
                        return unsafe martlet_sqlite3_bind_text(handle, position, "", 0)
                    }
                    return unsafe martlet_sqlite3_bind_text(handle, position, base, UInt64(bytes.count))
                }
            }
        case .bytes(let bytes) where bytes.isEmpty:
            return unsafe sqlite3_bind_zeroblob(handle, position, 0)
        case .bytes(let bytes):
            return unsafe bytes.withUnsafeBytes { bytes in
                unsafe martlet_sqlite3_bind_blob(handle, position, bytes.baseAddress, UInt64(bytes.count))
            }
        }
    }

    private func value(_ column: Int32) throws -> SQLValue {
        switch unsafe sqlite3_column_type(handle, column) {
        case SQLITE_NULL:
            return .null
        case SQLITE_INTEGER:
            return .integer(unsafe sqlite3_column_int64(handle, column))
        case SQLITE_TEXT:
            guard let start = unsafe sqlite3_column_text(handle, column) else { return .text("") }
            let count = Int(unsafe sqlite3_column_bytes(handle, column))
            return .text(unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            guard let start = unsafe sqlite3_column_blob(handle, column) else { return .bytes([]) }
            let count = Int(unsafe sqlite3_column_bytes(handle, column))
            return .bytes(unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count)))
        default:
            throw DatabaseError(.decoding, "Column \(column) is a floating-point number; cast it to bigint.")
        }
    }
}
