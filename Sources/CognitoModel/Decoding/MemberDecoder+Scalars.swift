extension MemberDecoder {
    func stringIfPresent(_ key: Key, _ constraint: StringConstraint = .none) throws -> String? {
        let value = try decoded(String.self, key, as: .string)
        if let value, violations != nil {
            for complaint in constraint.complaints(about: value) {
                violate(key, constraint.isSensitive ? nil : "'\(value)'", complaint)
            }
        }
        return value
    }

    func string(_ key: Key, _ constraint: StringConstraint = .none) throws -> String {
        if let value = try stringIfPresent(key, constraint) { return value }
        missing(key, isSensitive: constraint.isSensitive)
        return ""
    }

    func enumerationIfPresent<Value: OpenEnumeration>(_ key: Key) throws -> Value? {
        guard let raw = try decoded(String.self, key, as: .string) else { return nil }
        if violations != nil, !Value.allValues.contains(raw) {
            violate(key, "'\(raw)'", Value.memberComplaint)
        }
        return Value(rawValue: raw)
    }

    func enumeration<Value: OpenEnumeration>(_ key: Key) throws -> Value {
        if let value: Value = try enumerationIfPresent(key) { return value }
        missing(key, isSensitive: false)
        return Value(rawValue: "")
    }

    func integerIfPresent(_ key: Key, _ bounds: Bounds? = nil) throws -> Int? {
        let value = try decoded(Int.self, key, as: .integer)
        if let value, let bounds {
            for complaint in bounds.complaints(about: value, measure: "value") { violate(key, "'\(value)'", complaint) }
        }
        return value
    }

    func integer(_ key: Key, _ bounds: Bounds? = nil) throws -> Int {
        if let value = try integerIfPresent(key, bounds) { return value }
        missing(key, isSensitive: false)
        return 0
    }

    func valueIfPresent(_ key: Key) throws -> Bool? { try decoded(Bool.self, key, as: .boolean) }

    func value(_ key: Key) throws -> Bool {
        if let value = try valueIfPresent(key) as Bool? { return value }
        missing(key, isSensitive: false)
        return false
    }

    func valueIfPresent(_ key: Key) throws -> Timestamp? { try decoded(Timestamp.self, key, as: .timestamp) }

    func value(_ key: Key) throws -> Timestamp {
        if let value = try valueIfPresent(key) as Timestamp? { return value }
        missing(key, isSensitive: false)
        return Timestamp(milliseconds: 0)
    }

    func valueIfPresent(_ key: Key) throws -> Blob? { try decoded(Blob.self, key, as: .string) }

    func valueIfPresent(_ key: Key) throws -> JSONValue? { try decoded(JSONValue.self, key, as: .structure) }

    func value(_ key: Key) throws -> JSONValue {
        if let value = try valueIfPresent(key) as JSONValue? { return value }
        missing(key, isSensitive: false)
        return .null
    }
}

extension OpenEnumeration {
    static var memberComplaint: String {
        "Member must satisfy enum value set: [\(allValues.joined(separator: ", "))]"
    }
}
