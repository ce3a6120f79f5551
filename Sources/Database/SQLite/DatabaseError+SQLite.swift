import CSQLite
import Glibc

/// `SQLITE_CONSTRAINT_UNIQUE` and so on, which are expressions that Swift doesn't import.
private enum Constraint {
    static let foreignKey = SQLITE_CONSTRAINT | (3 << 8)
    static let primaryKey = SQLITE_CONSTRAINT | (6 << 8)
    /// `SQLITE_CONSTRAINT_TRIGGER`: a foreign key's `on delete restrict` is a trigger inside.
    static let foreignKeyAction = SQLITE_CONSTRAINT | (7 << 8)
    static let unique = SQLITE_CONSTRAINT | (8 << 8)
    static let rowIdentifier = SQLITE_CONSTRAINT | (10 << 8)
}

extension DatabaseError {
    /// The error that a call on the connection has just reported.
    init(sqlite code: Int32, of database: OpaquePointer?) {
        var text = unsafe sqlite3_errmsg(database).map { unsafe String(cString: $0) } ?? "error \(code)"
        if [SQLITE_IOERR, SQLITE_CANTOPEN].contains(code & 0xff) {
            // "disk I/O error" alone doesn't tell what of the disk failed, nor why.
            let reason = unsafe String(cString: strerror(sqlite3_system_errno(database)))
            text += " (code \(code), \(reason))"
        }
        self.init(sqlite: code, message: text)
    }

    /// The error for an extended result code and its message.
    init(sqlite code: Int32, message: String) {
        let kind: Code =
            switch code {
            case Constraint.unique, Constraint.primaryKey, Constraint.rowIdentifier:
                .uniqueViolation(Self.subject(of: message))
            case Constraint.foreignKey, Constraint.foreignKeyAction:
                .foreignKeyViolation
            default:
                // The low byte is the primary code, under which SQLite groups its extended ones.
                switch code & 0xff {
                case SQLITE_BUSY, SQLITE_LOCKED: .busy
                case SQLITE_FULL: .diskFull
                case SQLITE_READONLY: .readOnly
                case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_CORRUPT, SQLITE_NOTADB: .connectionFailure
                default: .other
                }
            }
        self.init(kind, message)
    }

    /// `users.pool, users.name` of "UNIQUE constraint failed: users.pool, users.name", or the index's name of
    /// "UNIQUE constraint failed: index 'name'".
    private static func subject(of message: String) -> String {
        let subject = message.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? message
        guard subject.hasPrefix("index '") else { return subject }
        return String(subject.dropFirst("index '".count).dropLast())
    }

    /// The same error with the text of the statement.
    func of(_ sql: String) -> DatabaseError {
        DatabaseError(code, message, sql: self.sql ?? sql)
    }
}
