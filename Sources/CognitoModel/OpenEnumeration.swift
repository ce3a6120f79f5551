/// An enumeration of the service model that also holds values the model doesn't list, so that an unknown value
/// reaches the check of constraints rather than failing to decode.
package protocol OpenEnumeration: RawRepresentable, Hashable, Sendable, JSONDecodable, JSONEncodable,
    CustomStringConvertible
where RawValue == String {
    init(rawValue: String)
    /// Every value that the model lists, in its order.
    static var allValues: [String] { get }
}

extension OpenEnumeration {
    package var description: String { rawValue }

    package init(from value: ModelValue) throws { self.init(rawValue: try String(from: value)) }

    package func encode(into json: inout JSONWriter) { json.string(rawValue) }
}
