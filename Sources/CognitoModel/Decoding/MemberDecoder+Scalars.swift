extension MemberDecoder {
    /// A string that may be absent. What is wrong with it is recorded, and decoding goes on.
    package func stringIfPresent(
        _ name: StaticString,
        _ constraint: StringConstraint = .none
    ) throws -> String? {
        let value = try decoded(String.self, name, as: .string)
        if let value, violations != nil {
            for complaint in constraint.complaints(about: value) {
                violate(name, constraint.isSensitive ? nil : Excerpt(value), complaint)
            }
        }
        return value
    }

    func string(_ name: StaticString, _ constraint: StringConstraint = .none) throws -> String {
        if let value = try stringIfPresent(name, constraint) { return value }
        missing(name, isSensitive: constraint.isSensitive)
        return ""
    }

    func enumerationIfPresent<Value: OpenEnumeration>(_ name: StaticString) throws -> Value? {
        guard let raw = try decoded(String.self, name, as: .string) else { return nil }
        if violations != nil, !Value.allValues.contains(raw) {
            violate(name, Excerpt(raw), Value.memberComplaint)
        }
        return Value(rawValue: raw)
    }

    func enumeration<Value: OpenEnumeration>(_ name: StaticString) throws -> Value {
        if let value: Value = try enumerationIfPresent(name) { return value }
        missing(name, isSensitive: false)
        return Value(rawValue: "")
    }

    func integerIfPresent(_ name: StaticString, _ bounds: Bounds? = nil) throws -> Int? {
        let value = try decoded(Int.self, name, as: .integer)
        if let value, let bounds {
            for complaint in bounds.complaints(about: value, measure: "value") {
                violate(name, Excerpt("\(value)"), complaint)
            }
        }
        return value
    }

    func integer(_ name: StaticString, _ bounds: Bounds? = nil) throws -> Int {
        if let value = try integerIfPresent(name, bounds) { return value }
        missing(name, isSensitive: false)
        return 0
    }

    func valueIfPresent(_ name: StaticString) throws -> Bool? { try decoded(Bool.self, name, as: .boolean) }

    func value(_ name: StaticString) throws -> Bool {
        if let value = try valueIfPresent(name) as Bool? { return value }
        missing(name, isSensitive: false)
        return false
    }

    func valueIfPresent(_ name: StaticString) throws -> Timestamp? {
        try decoded(Timestamp.self, name, as: .timestamp)
    }

    func value(_ name: StaticString) throws -> Timestamp {
        if let value = try valueIfPresent(name) as Timestamp? { return value }
        missing(name, isSensitive: false)
        return Timestamp(milliseconds: 0)
    }

    func valueIfPresent(_ name: StaticString) throws -> Blob? { try decoded(Blob.self, name, as: .string) }

    func valueIfPresent(_ name: StaticString) throws -> JSONValue? {
        try decoded(JSONValue.self, name, as: .structure)
    }

    func value(_ name: StaticString) throws -> JSONValue {
        if let value = try valueIfPresent(name) as JSONValue? { return value }
        missing(name, isSensitive: false)
        return .null
    }
}

extension OpenEnumeration {
    static var memberComplaint: String {
        "Member must satisfy enum value set: [\(allValues.joined(separator: ", "))]"
    }
}
