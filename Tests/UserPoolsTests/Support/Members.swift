import CognitoModel

/// The members of a request, as a literal: `["ClientId": client.id, "Session": session]`.
typealias Members = [String: any JSONPart & Sendable]

/// What may stand in a request. A nil member is left out.
protocol JSONPart {
    var json: JSONValue? { get }
}

extension JSONValue: JSONPart {
    var json: JSONValue? { self }
}

extension String: JSONPart {
    var json: JSONValue? { .string(self) }
}

extension Bool: JSONPart {
    var json: JSONValue? { .boolean(self) }
}

extension Int: JSONPart {
    var json: JSONValue? { .integer(Int64(self)) }
}

extension Optional: JSONPart where Wrapped: JSONPart {
    var json: JSONValue? { flatMap(\.json) }
}

extension Array: JSONPart where Element: JSONPart {
    var json: JSONValue? { .array(compactMap(\.json)) }
}

extension Dictionary: JSONPart where Key == String {
    var json: JSONValue? { .object(compactMapValues { ($0 as? any JSONPart)?.json }) }
}

extension Members {
    func with(_ more: Members) -> Members { merging(more) { _, new in new } }
}

/// Attributes as the API takes them.
func attributes(_ pairs: KeyValuePairs<String, String>) -> [[String: String]] {
    pairs.map { ["Name": $0.key, "Value": $0.value] }
}
