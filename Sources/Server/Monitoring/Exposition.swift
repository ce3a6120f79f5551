/// Writes Prometheus's text format.
struct Exposition {
    private(set) var text = ""

    mutating func family(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    /// One sample. Labels come in the order of their names; their values are our own, so nothing needs escaping.
    mutating func sample(_ name: String, _ labels: [String: String], _ value: some CustomStringConvertible) {
        let pairs = labels.sorted { $0.key < $1.key }.map { "\($0)=\"\($1)\"" }.joined(separator: ",")
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(pairs)} \(value)\n"
    }
}
