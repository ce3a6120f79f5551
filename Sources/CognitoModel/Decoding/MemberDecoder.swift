/// Decodes the members of one structure, checking each against its constraints.
///
/// A violated constraint is recorded and decoding goes on, so that one message names all violations. A required
/// member that is absent yields an empty placeholder: no request with a violation reaches an operation.
struct MemberDecoder<Key: CodingKey> {
    let container: KeyedDecodingContainer<Key>
    private let decoder: any Decoder
    let violations: Violations?

    init(_ decoder: any Decoder) throws {
        self.decoder = decoder
        violations = CodingUserInfoKey.violations.flatMap { decoder.userInfo[$0] as? Violations }
        do {
            container = try decoder.container(keyedBy: Key.self)
        } catch is DecodingError {
            throw SerializationFault.mismatch(expected: .structure, found: .null)
        }
    }

    /// Decodes a member of any type; absent and null are the same.
    func decoded<Value: Decodable>(
        _ type: Value.Type,
        _ key: Key,
        as expected: SerializationFault.ExpectedKind
    ) throws -> Value? {
        do {
            return try container.decodeIfPresent(type, forKey: key)
        } catch is DecodingError {
            throw SerializationFault.mismatch(expected: expected, found: found(at: key))
        }
    }

    /// What stands at `key`; asked only when decoding failed.
    private func found(at key: Key) -> SerializationFault.FoundKind {
        if let value = try? container.decode(Bool.self, forKey: key) {
            return .value(value ? "TRUE_VALUE" : "FALSE_VALUE")
        }
        if (try? container.decode(Double.self, forKey: key)) != nil { return .value("NUMBER_VALUE") }
        if (try? container.decode(String.self, forKey: key)) != nil { return .value("STRING_VALUE") }
        if (try? container.nestedUnkeyedContainer(forKey: key)) != nil { return .array }
        if (try? container.decodeNil(forKey: key)) == true { return .null }
        return .object
    }

    /// The member's place in AWS's words: `userAttributes.1.member.name`.
    func path(_ key: Key) -> String {
        (decoder.codingPath + [key]).map { key in
            if let index = key.intValue { return "\(index + 1).member" }
            let name = key.stringValue
            return name.prefix(1).lowercased() + name.dropFirst()
        }.joined(separator: ".")
    }

    /// Records a violation; `shown` is the value in words, nil where it is sensitive.
    func violate(_ key: Key, _ shown: String?, _ complaint: String) {
        let value = shown.map { "Value \($0) at" } ?? "Value at"
        violations?.add("\(value) '\(path(key))' failed to satisfy constraint: \(complaint)")
    }

    /// Records that a required member is absent.
    func missing(_ key: Key, isSensitive: Bool) {
        violate(key, isSensitive ? nil : "null", "Member must not be null")
    }
}

/// The keys of a structure without members.
enum NoKeys: CodingKey {}

extension JSONValue {
    fileprivate var foundKind: SerializationFault.FoundKind {
        switch self {
        case .null: .null
        case .boolean(let value): .value(value ? "TRUE_VALUE" : "FALSE_VALUE")
        case .integer, .number: .value("NUMBER_VALUE")
        case .string: .value("STRING_VALUE")
        case .array: .array
        case .object: .object
        }
    }
}
