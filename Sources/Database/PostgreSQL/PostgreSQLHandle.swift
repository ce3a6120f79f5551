import CPostgreSQL

/// Owns one connection of libpq: connects, closes, and tells how it is.
@safe struct PostgreSQLHandle: ~Copyable {
    /// Borrowed by calls within this layer; it is valid as long as the owner lives.
    let pointer: OpaquePointer

    /// Connects. Throws `DatabaseError` with the code `connectionFailure`.
    init(_ settings: PostgreSQLSettings) throws(DatabaseError) {
        let parameters = settings.parameters
        let names = CStrings(parameters.map(\.name))
        let values = CStrings(parameters.map(\.value))
        guard let pointer = unsafe PQconnectdbParams(names.pointers, values.pointers, 1) else {
            throw DatabaseError(.connectionFailure, "There is no memory for a connection.")
        }
        guard unsafe PQstatus(pointer) == CONNECTION_OK else {
            let message = unsafe Self.message(of: pointer)
            unsafe PQfinish(pointer)
            throw DatabaseError(.connectionFailure, message)
        }
        // libpq prints notices, such as "table exists already", to standard error unless told what to do.
        unsafe PQsetNoticeProcessor(pointer, { _, _ in }, nil)
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe PQfinish(pointer)
    }

    /// Whether the connection stands, as far as libpq has noticed.
    var isAlive: Bool {
        unsafe PQstatus(pointer) == CONNECTION_OK
    }

    /// The socket, for `poll`.
    var socket: Int32 {
        unsafe PQsocket(pointer)
    }

    /// Whether a transaction is open, failed or not.
    var isInTransaction: Bool {
        let status = unsafe PQtransactionStatus(pointer)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE
    }

    /// The number of the process at the other end, as it was told when the connection was made.
    var backendNumber: Int {
        Int(unsafe PQbackendPID(pointer))
    }

    /// The error for a call that libpq refused.
    var lastError: DatabaseError {
        DatabaseError(isAlive ? .other : .connectionFailure, unsafe Self.message(of: pointer))
    }

    /// What libpq last complained about, on one line.
    private static func message(of pointer: OpaquePointer) -> String {
        let text: String? = unsafe PQerrorMessage(pointer).map { unsafe String(cString: $0) }
        return (text ?? "").split(separator: "\n").joined(separator: " ")
    }

    /// Runs one or more statements outside pipeline mode and forgets their rows.
    func runScript(_ text: String) throws(DatabaseError) {
        guard let result = unsafe PostgreSQLResult(PQexec(pointer, text)) else { throw lastError }
        if let error = result.error(isConnectionLost: !isAlive) { throw error }
    }

    /// The rows that one statement answers outside pipeline mode, unprepared.
    func rows(_ sql: SQL) throws(DatabaseError) -> [Row] {
        let parameters = try PostgreSQLParameters(sql.parameters)
        let types = sql.parameters.map { PostgreSQLType.identifier(of: $0.type) }
        let answer = unsafe parameters.withPointers { values, lengths, formats in
            unsafe PQexecParams(pointer, sql.text, Int32(types.count), types, values, lengths, formats, 1)
        }
        guard let result = unsafe PostgreSQLResult(answer) else { throw lastError }
        if let error = result.error(isConnectionLost: !isAlive) { throw error.of(sql.text) }
        return try result.rows()
    }
}

/// Strings of C with a null pointer after the last.
@safe private final class CStrings {
    private let owned: [UnsafeMutablePointer<CChar>?]
    let pointers: [UnsafePointer<CChar>?]

    init(_ strings: [String]) {
        unsafe owned = strings.map { string in
            let bytes = string.utf8CString
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
            for (index, byte) in bytes.enumerated() {
                unsafe (copy + index).initialize(to: byte)
            }
            return unsafe copy
        }
        unsafe pointers = owned.map { unsafe UnsafePointer($0) } + [nil]
    }

    deinit {
        unsafe owned.forEach { unsafe $0?.deallocate() }
    }
}
