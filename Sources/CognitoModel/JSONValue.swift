import JSON

/// Any JSON: the model's document type, and test assertions.
package enum JSONValue: Hashable, Sendable, JSONDecodable, JSONEncodable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    package init(from value: ModelValue) throws {
        switch value.element.kind {
        case .null: self = .null
        case .boolean: self = .boolean(try Bool(from: value))
        case .integer: self = .integer(try Int64(from: value))
        case .number: self = .number(try Double(from: value))
        case .string: self = .string(try String(from: value))
        case .array: self = .array(try [JSONValue](from: value))
        case .object: self = .object(try [String: JSONValue](from: value))
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

    /// The string; nil for any other kind of value.
    package var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The integer; nil for any other kind of value.
    package var integerValue: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }
}
