/// An answer, whole. A redirect is an answer as any other: none is followed.
package struct HTTPClientResponse: Sendable {
    /// The status code.
    package var status: Int
    /// The header fields.
    package var headers: HTTPClientHeaders
    /// The body, after transfer decoding. No content coding is asked for or undone.
    package var body: [UInt8]

    /// An answer of these parts.
    package init(status: Int, headers: HTTPClientHeaders, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// The header fields of an answer in the order they came, repeated ones kept.
package struct HTTPClientHeaders: Sendable {
    /// All of them, without white space around their values.
    package internal(set) var fields: [(name: String, value: String)]

    /// These fields; none by default.
    package init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

    /// The first value of the name, which matches without regard to case; nil where there is none.
    package subscript(name: String) -> String? { values(name).first }

    /// Every value of the name, in order.
    package func values(_ name: String) -> [String] {
        let name = name.lowercased()
        return fields.filter { $0.name.lowercased() == name }.map(\.value)
    }
}
