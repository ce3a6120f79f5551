import JSON

/// A value that is read from JSON.
package protocol JSONDecodable {
    /// Throws `SerializationException` for a value of the wrong type, and `WrongKind` where whoever asked for the value
    /// is to word that.
    init(from value: ModelValue) throws
}

/// A JSON value on its way into a structure: what it is, where it stands, and who collects what it violates.
package struct ModelValue {
    let element: JSONElement
    let place: Place
    /// Nil where stored documents are decoded: what was valid when it was written stays readable.
    let violations: Violations?

    /// Where a value stands in a request.
    indirect enum Place {
        case root
        case member(String, of: Place)
        case index(Int, of: Place)
    }

    /// The values of a list. Throws `WrongKind` where it is none, and `OverElementBudget`.
    var elements: [ModelValue] {
        get throws {
            guard element.kind == .array else { throw WrongKind() }
            try spend()
            guard let elements = element.elements else { throw WrongKind() }
            return elements.enumerated().map { index, element in
                ModelValue(element: element, place: .index(index, of: place), violations: violations)
            }
        }
    }

    /// The values of a map by their keys. Throws `WrongKind` where it is none, and `OverElementBudget`.
    var members: [(name: String, value: ModelValue)] {
        get throws {
            guard element.kind == .object else { throw WrongKind() }
            try spend()
            guard let members = element.members else { throw WrongKind() }
            return members.map { name, element in
                (name, ModelValue(element: element, place: .member(name, of: place), violations: violations))
            }
        }
    }

    /// Before anything is made of the elements: it is them that cost.
    private func spend() throws(OverElementBudget) {
        if let violations { try violations.spend(element.count ?? 0, at: place) }
    }
}

/// A value is of another kind than the one that was asked for.
package struct WrongKind: Error {
    package init() {}
}

extension ModelValue.Place: CustomStringConvertible {
    /// In AWS's words: `userAttributes.1.member.name`.
    var description: String {
        switch self {
        case .root: ""
        case .member(let name, let place): place.prefix + name.prefix(1).lowercased() + name.dropFirst()
        case .index(let index, let place): place.prefix + "\(index + 1).member"
        }
    }

    private var prefix: String {
        if case .root = self { "" } else { "\(self)." }
    }
}

extension String: JSONDecodable {
    package init(from value: ModelValue) throws(WrongKind) {
        guard let string = value.element.string else { throw WrongKind() }
        self = string
    }
}

extension Bool: JSONDecodable {
    package init(from value: ModelValue) throws(WrongKind) {
        guard let boolean = value.element.boolean else { throw WrongKind() }
        self = boolean
    }
}

extension Int: JSONDecodable {
    package init(from value: ModelValue) throws(WrongKind) {
        guard let integer = value.element.integer else { throw WrongKind() }
        self = Int(integer)
    }
}

extension Int64: JSONDecodable {
    package init(from value: ModelValue) throws(WrongKind) {
        guard let integer = value.element.integer else { throw WrongKind() }
        self = integer
    }
}

extension Double: JSONDecodable {
    package init(from value: ModelValue) throws(WrongKind) {
        guard let number = value.element.number else { throw WrongKind() }
        self = number
    }
}

extension Array: JSONDecodable where Element: JSONDecodable {
    package init(from value: ModelValue) throws { self = try value.elements.map(Element.init) }
}

extension Dictionary: JSONDecodable where Key == String, Value: JSONDecodable {
    /// Of several members by one name the last counts.
    package init(from value: ModelValue) throws {
        self = [:]
        for (name, value) in try value.members { self[name] = try Value(from: value) }
    }
}
