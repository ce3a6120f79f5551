/// Where the audit trail goes.
package enum AuditConfiguration: Sendable, Equatable {
    /// Standard output.
    case output
    /// A file, to which it is appended.
    case file(String)

    static let flags = [
        Flag(
            "audit-log",
            "FILE",
            "where a JSON line is appended for every change by an administrator or a user and every step of a sign-in; "
                + "- for standard output"
        )
    ]

    /// Nil where the operator wants none.
    init?(_ values: FlagValues) {
        guard let path = values["audit-log"] else { return nil }
        self = path == "-" ? .output : .file(path)
    }
}
