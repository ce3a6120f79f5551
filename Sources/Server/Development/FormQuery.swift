import URISyntax

/// A query string of `name=value` pairs, percent-decoded. A `+` stays a plus: it begins telephone numbers, and
/// addresses hold no spaces.
struct FormQuery: Sendable {
    private let pairs: [(name: String, value: String)]

    init(_ query: String?) {
        pairs = (query ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(\.utf8)
            return (PercentEncoding.decode(parts[0]), parts.count > 1 ? PercentEncoding.decode(parts[1]) : "")
        }
    }

    /// The first value of that name.
    subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }
}
