/// A response as it came over the wire.
struct RawResponse: Sendable {
    let status: Int
    let lines: [String]
    var body = ""

    init(head: String) {
        // Character by character, "\r\n" is one.
        lines = head.split(separator: "\r\n").map(String.init)
        status = lines.first.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0
    }

    subscript(name: String) -> String? {
        let prefix = name.lowercased() + ":"
        return lines.first { $0.lowercased().hasPrefix(prefix) }
            .map { String($0.dropFirst(prefix.count).drop { $0 == " " }) }
    }
}
