/// A command-line flag and the environment variable that stands for it.
package struct Flag: Sendable {
    /// Without the dashes.
    package let name: String
    /// What its value is, for the help; nil for a switch, which takes none.
    package let value: String?
    /// What it is for, without a full stop.
    package let help: String
    /// Its value if it isn't given; nil if it must be, or needn't.
    package let fallback: String?

    /// A flag; a switch without `value`.
    package init(_ name: String, _ value: String?, _ help: String, default fallback: String? = nil) {
        self.name = name
        self.value = value
        self.help = help
        self.fallback = fallback
    }

    /// `--public-url` is `MARTLET_PUBLIC_URL`.
    package var environmentVariable: String {
        "MARTLET_" + name.uppercased().split(separator: "-").joined(separator: "_")
    }

    /// One entry of the help.
    var helpText: String {
        let head = "  --\(name)\(value.map { " \($0)" } ?? "")"
        let preset = fallback.map { " (default \($0))" } ?? ""
        return "\(head)\n      \(help)\(preset)\n      environment: \(environmentVariable)"
    }
}

/// The command line can't be followed. Exit status 2.
package struct UsageError: Error, CustomStringConvertible {
    /// One line for a person.
    package let description: String

    /// An error that says so.
    package init(_ description: String) { self.description = description }
}

/// The values of a command's flags, from the command line before the environment before the defaults.
struct FlagValues: Sendable {
    private let values: [String: String]

    /// Throws `UsageError` for an unknown flag, a flag given twice, or one without its value.
    init(_ arguments: [String], flags: [Flag], environment: [String: String]) throws {
        var values: [String: String] = [:]
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else { throw UsageError("unexpected argument: \(argument)") }
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard let flag = flags.first(where: { $0.name == name }) else {
                throw UsageError("unknown flag: --\(name)")
            }
            guard values[name] == nil else { throw UsageError("--\(name) is given twice") }
            if flag.value == nil {
                guard parts.count == 1 else { throw UsageError("--\(name) takes no value") }
                values[name] = "true"
            } else if parts.count == 2 {
                values[name] = String(parts[1])
            } else if let value = rest.popFirst() {
                values[name] = value
            } else {
                throw UsageError("--\(name) needs a value")
            }
        }
        for flag in flags where values[flag.name] == nil {
            values[flag.name] = environment[flag.environmentVariable] ?? flag.fallback
        }
        self.values = values
    }

    subscript(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    func isOn(_ name: String) -> Bool { ["true", "1", "yes"].contains(values[name] ?? "") }

    func required(_ name: String) throws -> String {
        guard let value = self[name] else { throw UsageError("--\(name) is required") }
        return value
    }

    func port(_ name: String) throws -> UInt16 {
        let text = try required(name)
        guard let port = UInt16(text) else { throw UsageError("--\(name): \(text) isn't a port number") }
        return port
    }
}
