/// Any JSON: the model's document type, and test assertions.
package enum JSONValue: Hashable, Sendable, Decodable, JSONEncodable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    package func encode(into json: inout JSONWriter) {
        switch self {
        case .null: json.literal("null")
        case .boolean(let value): value.encode(into: &json)
        case .integer(let value): value.encode(into: &json)
        case .number(let value): json.literal("\(value)")
        case .string(let value): value.encode(into: &json)
        case .array(let value): value.encode(into: &json)
        case .object(let value): value.encode(into: &json)
        }
    }

    /// The value of a member, of an object.
    package subscript(_ name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    package var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var integerValue: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }
}
