/// One row of an answer, read by position.
///
/// Reading is strict: a column of another type, a null where a value is asked for, or a position past the end throws
/// `DatabaseError` with the code `decoding`.
package struct Row: Sendable, Hashable {
    /// The columns in the order of the `select` or `returning` list.
    package let values: [SQLValue]

    init(_ values: [SQLValue]) {
        self.values = values
    }

    /// The text of a column.
    package func text(_ column: Int) throws(DatabaseError) -> String {
        guard case .text(let text) = try value(column) else { throw mismatch(column, wanted: "text") }
        return text
    }

    /// The text of a column, or nil where it is null.
    package func textIfPresent(_ column: Int) throws(DatabaseError) -> String? {
        try isNull(column) ? nil : text(column)
    }

    /// The integer of a column.
    package func integer(_ column: Int) throws(DatabaseError) -> Int64 {
        guard case .integer(let integer) = try value(column) else { throw mismatch(column, wanted: "bigint") }
        return integer
    }

    /// The integer of a column, or nil where it is null.
    package func integerIfPresent(_ column: Int) throws(DatabaseError) -> Int64? {
        try isNull(column) ? nil : integer(column)
    }

    /// The integer of a column as an `Int`.
    package func int(_ column: Int) throws(DatabaseError) -> Int {
        Int(try integer(column))
    }

    /// The integer of a column as an `Int`, or nil where it is null.
    package func intIfPresent(_ column: Int) throws(DatabaseError) -> Int? {
        try isNull(column) ? nil : int(column)
    }

    /// The truth value of a column. SQLite has no booleans and answers 0 or 1.
    package func boolean(_ column: Int) throws(DatabaseError) -> Bool {
        switch try value(column) {
        case .boolean(let boolean): boolean
        case .integer(0): false
        case .integer(1): true
        default: throw mismatch(column, wanted: "boolean")
        }
    }

    /// The truth value of a column, or nil where it is null.
    package func booleanIfPresent(_ column: Int) throws(DatabaseError) -> Bool? {
        try isNull(column) ? nil : boolean(column)
    }

    /// The bytes of a column.
    package func bytes(_ column: Int) throws(DatabaseError) -> [UInt8] {
        guard case .bytes(let bytes) = try value(column) else { throw mismatch(column, wanted: "bytea") }
        return bytes
    }

    /// The bytes of a column, or nil where it is null.
    package func bytesIfPresent(_ column: Int) throws(DatabaseError) -> [UInt8]? {
        try isNull(column) ? nil : bytes(column)
    }

    private func isNull(_ column: Int) throws(DatabaseError) -> Bool {
        try value(column) == .null
    }

    private func value(_ column: Int) throws(DatabaseError) -> SQLValue {
        guard values.indices.contains(column) else {
            throw DatabaseError(.decoding, "Column \(column) was read from a row of \(values.count).")
        }
        return values[column]
    }

    /// Names what is there but not its content, which may be a secret.
    private func mismatch(_ column: Int, wanted: String) -> DatabaseError {
        let found =
            switch values[column] {
            case .null: "null"
            case .text: "text"
            case .integer: "bigint"
            case .boolean: "boolean"
            case .bytes: "bytea"
            }
        return DatabaseError(.decoding, "Column \(column) is \(found), not \(wanted).")
    }
}
