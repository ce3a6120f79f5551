package import FoundationEssentials

/// Bytes, base64 on the wire.
package struct Blob: Hashable, Sendable, Decodable, JSONEncodable {
    package var data: Data

    package init(_ data: Data) { self.data = data }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let data = Data(base64Encoded: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not base64")
        }
        self.data = data
    }

    package func encode(into json: inout JSONWriter) { json.string(data.base64EncodedString()) }
}
