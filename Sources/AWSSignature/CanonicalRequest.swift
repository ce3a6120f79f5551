import URISyntax

/// The parts of a request that Signature Version 4 covers, as they are sent.
package struct CanonicalRequest: Sendable {
    /// `POST`, `GET`, …
    package let method: String
    /// What stands before `?`, escaped as it is sent.
    package let path: String
    /// What stands after `?`, escaped as it is sent; nil or empty for none.
    package let query: String?
    /// The header fields; names match without regard to case.
    package let headers: [(name: String, value: String)]
    /// The hash of the body, in hexadecimal.
    package let bodyHash: String

    /// A request of these parts.
    package init(
        method: String,
        path: String,
        query: String?,
        headers: [(name: String, value: String)],
        bodyHash: String
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.bodyHash = bodyHash
    }

    /// The request in canonical form. Nil if a header that is said to be signed isn't there.
    package func text(signedHeaders: [String]) -> String? {
        var fields = ""
        for name in signedHeaders {
            let values = headers.filter { $0.name.lowercased() == name }.map { Self.collapsed($0.value) }
            guard !values.isEmpty else { return nil }
            fields += "\(name):\(values.joined(separator: ","))\n"
        }
        return [
            method, Self.escaped(path), canonicalQuery, fields, signedHeaders.joined(separator: ";"), bodyHash,
        ].joined(separator: "\n")
    }

    private var canonicalQuery: String {
        let pairs = (query ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(parts[0]), value: parts.count == 2 ? String(parts[1]) : "")
        }
        return pairs.sorted { ($0.name, $0.value) < ($1.name, $1.value) }.map { "\($0.name)=\($0.value)" }
            .joined(separator: "&")
    }

    /// Every service but S3 signs a path that is escaped once more than it is sent.
    private static func escaped(_ path: String) -> String {
        path.isEmpty ? "/" : PercentEncoding.encode(path, keeping: "/")
    }

    /// Runs of spaces become one, and none stay at the ends.
    private static func collapsed(_ value: String) -> String {
        value.split(separator: " ").joined(separator: " ")
    }
}
