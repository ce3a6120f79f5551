import JSON

/// Decodes the members of one structure, checking each against its constraints.
///
/// A violated constraint is recorded and decoding goes on, so that one message names all violations. A required
/// member that is absent yields an empty placeholder: no request with a violation reaches an operation.
package struct MemberDecoder {
    private let structure: ModelValue
    let violations: Violations?

    /// Throws `SerializationException` where the value is no structure.
    package init(_ structure: ModelValue) throws(CognitoError) {
        guard structure.element.kind == .object else {
            throw SerializationFault.mismatch(expected: .structure, found: .null)
        }
        self.structure = structure
        violations = structure.violations
    }

    /// Decodes a member of any type; absent and null are the same. Throws `SerializationException` for a wrong type.
    func decoded<Value: JSONDecodable>(
        _ type: Value.Type,
        _ name: StaticString,
        as expected: SerializationFault.ExpectedKind
    ) throws -> Value? {
        guard let element = structure.element[name], element.kind != .null else { return nil }
        do {
            return try Value(from: ModelValue(element: element, place: place(of: name), violations: violations))
        } catch is WrongKind {
            throw SerializationFault.mismatch(expected: expected, found: SerializationFault.FoundKind(element))
        }
    }

    /// Decodes a member without which a stored document or a token isn't whole. Throws where it is absent.
    package func required<Value: JSONDecodable>(_ name: StaticString) throws -> Value {
        guard let value = try decoded(Value.self, name, as: .structure) else { throw MissingStructure() }
        return value
    }

    /// Decodes a member of a stored document; nil where it is absent.
    package func ifPresent<Value: JSONDecodable>(_ name: StaticString) throws -> Value? {
        try decoded(Value.self, name, as: .structure)
    }

    /// Records a violation; `shown` is the value, nil where it is sensitive.
    func violate(_ name: StaticString, _ shown: @autoclosure () -> Excerpt?, _ complaint: @autoclosure () -> String) {
        violations?.add {
            let value = shown().map { "Value '\($0.text)' at" } ?? "Value at"
            return text(value, name, complaint())
        }
    }

    private func text(_ value: String, _ name: StaticString, _ complaint: String) -> String {
        // A key of a map may be part of the place, and so of any length.
        "\(value) '\(Excerpt("\(place(of: name))").text)' failed to satisfy constraint: \(complaint)"
    }

    private func place(of name: StaticString) -> ModelValue.Place { .member(name.description, of: structure.place) }

    /// Records that a required member is absent.
    func missing(_ name: StaticString, isSensitive: Bool) {
        violations?.add { text(isSensitive ? "Value at" : "Value null at", name, "Member must not be null") }
    }
}

extension SerializationFault.FoundKind {
    fileprivate init(_ element: JSONElement) {
        switch element.kind {
        case .null: self = .null
        case .boolean: self = .value(element.boolean == true ? "TRUE_VALUE" : "FALSE_VALUE")
        case .integer, .number: self = .value("NUMBER_VALUE")
        case .string: self = .value("STRING_VALUE")
        case .array: self = .array
        case .object: self = .object
        }
    }
}
