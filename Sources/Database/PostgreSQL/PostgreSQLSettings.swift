import CPostgreSQL

/// How connections to PostgreSQL are made.
struct PostgreSQLSettings: Sendable {
    /// The connection string, whole. It may hold a password, so no message repeats it.
    let url: String

    /// What a connection begins with unless the URL says otherwise. With several hosts, `read-write` finds the primary
    /// again after a failover; the rest notices a host that has vanished within half a minute.
    private static let defaults = [
        ("application_name", "martlet"),
        ("connect_timeout", "5"),
        ("target_session_attrs", "read-write"),
        ("keepalives_idle", "15"),
        ("keepalives_interval", "5"),
        ("keepalives_count", "3"),
        ("tcp_user_timeout", "30000"),
    ]

    /// Settings from a URL. Throws `DatabaseError` when libpq can't parse it.
    init(url: String) throws(DatabaseError) {
        self.url = url
        let options = unsafe PQconninfoParse(url, nil)
        guard let options = unsafe options else { throw DatabaseError.unreadablePostgreSQLURL }
        unsafe PQconninfoFree(options)
    }

    /// The settings in libpq's order of precedence: what stands later wins, and `dbname` is the URL.
    var parameters: [(name: String, value: String)] {
        Self.defaults.map { (name: $0.0, value: $0.1) } + [("dbname", url), ("client_encoding", "UTF8")]
    }
}
