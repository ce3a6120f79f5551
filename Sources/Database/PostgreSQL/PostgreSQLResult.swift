import CPostgreSQL

/// Owns one result of libpq.
@safe struct PostgreSQLResult: ~Copyable {
    private let pointer: OpaquePointer

    /// Takes over a result; nil for none, which means that a statement's results are at an end.
    init?(_ pointer: OpaquePointer?) {
        guard let pointer = unsafe pointer else { return nil }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe PQclear(pointer)
    }

    var status: ExecStatusType {
        unsafe PQresultStatus(pointer)
    }

    /// How many rows an `insert`, `update` or `delete` touched; 0 for every other statement.
    var affectedRows: Int {
        guard let tag = unsafe PQcmdStatus(pointer), let count = unsafe PQcmdTuples(pointer) else { return 0 }
        guard unsafe !String(cString: tag).hasPrefix("SELECT") else { return 0 }
        return Int(unsafe String(cString: count)) ?? 0
    }

    /// The rows, decoded from the binary format.
    func rows() throws(DatabaseError) -> [Row] {
        let columns = unsafe PQnfields(pointer)
        let types = (0..<columns).map { column in unsafe PQftype(pointer, column) }
        var rows: [Row] = []
        for row in 0..<(unsafe PQntuples(pointer)) {
            var values: [SQLValue] = []
            values.reserveCapacity(Int(columns))
            for column in 0..<columns {
                values.append(try value(row, column, type: types[Int(column)]))
            }
            rows.append(Row(values))
        }
        return rows
    }

    private func value(_ row: Int32, _ column: Int32, type: Oid) throws(DatabaseError) -> SQLValue {
        guard unsafe PQgetisnull(pointer, row, column) == 0 else { return .null }
        let count = Int(unsafe PQgetlength(pointer, row, column))
        guard let start = unsafe PQgetvalue(pointer, row, column) else { return .null }
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
        switch PostgreSQLType(rawValue: type) {
        case .text, .varchar, .character, .name, .unknown:
            return .text(unsafe String(decoding: bytes, as: UTF8.self))
        case .bigint, .integer, .smallint:
            // Big-endian and signed: the first byte carries the sign.
            let start = unsafe Int64(Int8(bitPattern: bytes.first ?? 0))
            return .integer(unsafe bytes.dropFirst().reduce(start) { $0 << 8 | Int64($1) })
        case .boolean:
            return .boolean(unsafe bytes.first == 1)
        case .bytea:
            return .bytes(unsafe Array(bytes))
        case nil:
            throw DatabaseError(.decoding, "Column \(column) has the type with OID \(type); cast it to a portable one.")
        }
    }
}

/// The object identifiers of the types that results may have.
enum PostgreSQLType: Oid {
    case boolean = 16
    case bytea = 17
    case name = 19
    case bigint = 20
    case smallint = 21
    case integer = 23
    case text = 25
    case unknown = 705
    case character = 1042
    case varchar = 1043

    /// The identifier that a parameter is sent with; 0 lets the server infer it.
    static func identifier(of type: SQLType?) -> Oid {
        switch type {
        case .text: text.rawValue
        case .integer: bigint.rawValue
        case .boolean: boolean.rawValue
        case .bytes: bytea.rawValue
        case nil: 0
        }
    }
}

extension PostgreSQLResult {
    /// The error that the server reported, or that took the connection; nil for a success.
    func error(isConnectionLost: Bool) -> DatabaseError? {
        switch status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_PIPELINE_SYNC:
            return nil
        case PGRES_EMPTY_QUERY:
            return DatabaseError(.other, "There is no statement.")
        case PGRES_PIPELINE_ABORTED:
            return DatabaseError(.other, "An earlier statement failed.")
        default:
            let state = field("C")
            let message = field("M") ?? wholeMessage
            let code: DatabaseError.Code =
                switch state ?? "" {
                case "23505": .uniqueViolation(uniqueSubject)
                case "23503", "23001": .foreignKeyViolation
                case "40001", "40P01": .serializationFailure
                case "55P03", "57014": .busy
                case "53100": .diskFull
                case "25006": .readOnly
                case "22021": .invalidText
                case "53300", "57P01", "57P02", "57P03", "57P05": .connectionFailure
                case let state where state.hasPrefix("08"): .connectionFailure
                default: isConnectionLost ? .connectionFailure : .other
                }
            let trimmed = message.split(separator: "\n").joined(separator: " ")
            return DatabaseError(code, state.map { "\(trimmed) (SQLSTATE \($0))" } ?? trimmed)
        }
    }

    /// `users.pool, users.name`, as SQLite says it, from the detail "Key (pool, name)=(…) already exists.", of which
    /// only the names are kept. The name of the constraint where the key is an expression.
    private var uniqueSubject: String {
        let constraint = field("n") ?? ""
        guard let table = field("t"), let detail = field("D"),
            let start = detail.firstIndex(of: "("), let end = detail.firstRange(of: ")=(")
        else { return constraint }
        let columns = detail[detail.index(after: start)..<end.lowerBound]
        guard !columns.contains("(") else { return constraint }
        return columns.split(separator: ", ").map { "\(table).\($0)" }.joined(separator: ", ")
    }

    /// What libpq says when there is no report by the server.
    private var wholeMessage: String {
        let text: String? = unsafe PQresultErrorMessage(pointer).map { unsafe String(cString: $0) }
        return text ?? ""
    }

    /// A field of the error report, by the letter that the protocol gives it (`PG_DIAG_…`, which Swift can't import).
    private func field(_ letter: Unicode.Scalar) -> String? {
        unsafe PQresultErrorField(pointer, Int32(letter.value)).map { unsafe String(cString: $0) }
    }
}
