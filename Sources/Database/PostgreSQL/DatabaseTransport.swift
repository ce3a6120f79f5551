import CPostgreSQL

/// What stands between this process and its database, and so who could read and change what goes to and fro.
package enum DatabaseTransport: Sendable, Equatable {
    /// A file, a Unix socket or loopback: nobody.
    case thisMachine
    /// A network. `mode` is libpq's `sslmode`, if the operator says one: without, libpq does without TLS wherever the
    /// server, or somebody in its place, offers none.
    case network(mode: String?)

    /// What `sslmode` can be, the weakest first.
    package static let modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]

    /// What the URL leads over. What it leaves open, libpq takes from `environment`. Throws `DatabaseError` when libpq
    /// can't parse it.
    package init(of url: DatabaseURL, environment: [String: String]) throws(DatabaseError) {
        guard case .postgreSQL(let text) = url else {
            self = .thisMachine
            return
        }
        let options = try Self.options(of: text)
        func setting(_ option: String, _ variable: String) -> String? {
            [options[option], environment[variable]].lazy.compactMap(\.self).first { !$0.isEmpty }
        }
        // Where an address is given, it is what is connected to, whatever the host is called.
        let hosts = setting("hostaddr", "PGHOSTADDR") ?? setting("host", "PGHOST")
        let isDefinedElsewhere = setting("service", "PGSERVICE") != nil
        let isLocal =
            hosts.map { $0.split(separator: ",", omittingEmptySubsequences: false).allSatisfy(Self.isOfThisMachine) }
            ?? !isDefinedElsewhere
        self = isLocal ? .thisMachine : .network(mode: setting("sslmode", "PGSSLMODE"))
    }

    /// An empty host is libpq's own socket; one that begins with a slash or an at sign is a socket too.
    private static func isOfThisMachine(_ host: Substring) -> Bool {
        let isNumeric = host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
        return ["", "localhost", "::1"].contains(host) || host.hasPrefix("/") || host.hasPrefix("@")
            || (isNumeric && host.hasPrefix("127."))
    }

    private static func options(of url: String) throws(DatabaseError) -> [String: String] {
        guard let parsed = unsafe PQconninfoParse(url, nil) else { throw DatabaseError.unreadablePostgreSQLURL }
        defer { unsafe PQconninfoFree(parsed) }
        var options: [String: String] = [:]
        var option = unsafe parsed
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe options[String(cString: keyword)] = String(cString: value)
            }
            unsafe option += 1
        }
        return options
    }
}

extension DatabaseError {
    /// libpq's own words may quote the password.
    static let unreadablePostgreSQLURL = DatabaseError(.other, "The PostgreSQL URL isn't one that libpq can parse.")
}
