extension String: JSONEncodable {
    package func encode(into json: inout JSONWriter) { json.string(self) }
}

extension Bool: JSONEncodable {
    package func encode(into json: inout JSONWriter) { json.literal(self ? "true" : "false") }
}

extension Int: JSONEncodable {
    package func encode(into json: inout JSONWriter) { json.literal(String(self)) }
}

extension Int64: JSONEncodable {
    package func encode(into json: inout JSONWriter) { json.literal(String(self)) }
}

extension Array: JSONEncodable where Element: JSONEncodable {
    package func encode(into json: inout JSONWriter) {
        json.beginArray()
        for element in self { element.encode(into: &json) }
        json.endArray()
    }
}

/// Members in the order of their names, so that equal dictionaries are equal text.
extension Dictionary: JSONEncodable where Key == String, Value: JSONEncodable {
    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        for (name, value) in sorted(by: { $0.key < $1.key }) { json.member(name, value) }
        json.endObject()
    }
}
