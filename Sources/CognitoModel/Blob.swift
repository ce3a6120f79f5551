package import FoundationEssentials

/// Bytes, base64 on the wire.
package struct Blob: Hashable, Sendable, JSONDecodable, JSONEncodable {
    /// The bytes themselves.
    package var data: Data

    package init(_ data: Data) { self.data = data }

    package init(from value: ModelValue) throws(WrongKind) {
        guard let data = Data(base64Encoded: try String(from: value)) else { throw WrongKind() }
        self.data = data
    }

    package func encode(into json: inout JSONWriter) { json.string(data.base64EncodedString()) }
}
