/// What went wrong in the database, the same for both engines.
///
/// It carries the statement's text but never the values bound to it. Two errors are equal when their codes are.
package struct DatabaseError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure that callers tell apart.
    package enum Code: Sendable, Hashable {
        /// A unique index or primary key refused the row. The columns, as `users.pool, users.name` on both engines, or
        /// the name of the index when it is over an expression.
        case uniqueViolation(String)
        /// A row refers to one that isn't there, or is still referred to.
        case foreignKeyViolation
        /// Another process or transaction held a lock, or a statement ran, for longer than is allowed.
        case busy
        /// Concurrent transactions collided, and went on colliding through every retry.
        case serializationFailure
        /// The database can't be reached. For a `write` it may still have been committed.
        case connectionFailure
        /// There is no space left.
        case diskFull
        /// A `read` tried to write, or the database accepts no writes.
        case readOnly
        /// Too many callers wait already; this one was turned away at once.
        case overloaded
        /// A value isn't of the type it was read as.
        case decoding
        /// Text holds a NUL character, which PostgreSQL can't store and so neither engine takes.
        case invalidText
        /// Anything else, such as a mistake in the SQL.
        case other
    }

    /// What kind of failure it is.
    package let code: Code
    /// The engine's or our own explanation, for a log.
    package let message: String
    /// The text of the statement that failed, where there was one.
    package let sql: String?

    /// An error with an explanation and, where one failed, the text of the statement.
    package init(_ code: Code, _ message: String, sql: String? = nil) {
        self.code = code
        self.message = message
        self.sql = sql
    }

    package var description: String {
        let statement = sql.map { " [\($0)]" } ?? ""
        return "\(code): \(message)\(statement)"
    }

    package static func == (one: DatabaseError, other: DatabaseError) -> Bool {
        one.code == other.code
    }
}
