/// Where a database is, as `--database` says it.
package enum DatabaseURL: Sendable, Equatable {
    /// A SQLite file.
    case sqlite(path: String)
    /// A SQLite database that is gone when it is closed.
    case ephemeral
    /// A connection string for libpq, whole, so that several hosts and every libpq setting work.
    case postgreSQL(String)

    /// Reads `sqlite:///absolute/path`, `sqlite:relative/path`, `sqlite::memory:`, `postgres://…` or `postgresql://…`.
    ///
    /// Throws `DatabaseError` with the code `other` for anything else. The message never repeats the URL, which may
    /// hold a password.
    package init(_ text: String) throws(DatabaseError) {
        if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            self = .postgreSQL(text)
        } else if text == "sqlite::memory:" {
            self = .ephemeral
        } else if text.hasPrefix("sqlite:///") {
            self = .sqlite(path: String(text.dropFirst("sqlite://".count)))
        } else if text.hasPrefix("sqlite://") {
            throw DatabaseError(.other, "A SQLite URL is sqlite:///absolute/path or sqlite:relative/path.")
        } else if text.hasPrefix("sqlite:"), text.count > "sqlite:".count {
            self = .sqlite(path: String(text.dropFirst("sqlite:".count)))
        } else {
            throw DatabaseError(.other, "A database URL begins with sqlite: or postgresql://.")
        }
    }
}

/// Opens a database.
///
/// A SQLite file is opened, and created with mode 0600, at once; PostgreSQL is first connected to by the first use, so
/// `ping()` tells whether it is there. Throws `DatabaseError`.
package func openDatabase(
    _ url: String,
    options: DatabaseOptions = DatabaseOptions()
) throws(DatabaseError) -> any DatabaseEngine {
    switch try DatabaseURL(url) {
    case .sqlite(let path): try SQLiteDatabase(path: path, options: options)
    case .ephemeral: try SQLiteDatabase(ephemeral: options)
    case .postgreSQL(let url): try PostgreSQLDatabase(url: url, options: options)
    }
}
