extension MemberDecoder {
    func structureIfPresent<Value: Decodable>(_ key: Key, sensitive: Bool = false) throws -> Value? {
        try decoded(Value.self, key, as: .structure)
    }

    func structure<Value: Decodable>(_ key: Key, sensitive: Bool = false) throws -> Value {
        if let value: Value = try structureIfPresent(key, sensitive: sensitive) { return value }
        missing(key, isSensitive: sensitive)
        throw MissingStructure()
    }

    func structuresIfPresent<Value: Decodable>(_ key: Key, count: Bounds? = nil) throws -> [Value]? {
        let values = try decoded([Value].self, key, as: .list)
        if let values {
            let shown = values.map { String(describing: $0) }.joined(separator: ", ")
            checkCount(values.count, count, key, shown: "[\(shown)]")
        }
        return values
    }

    func structures<Value: Decodable>(_ key: Key, count: Bounds? = nil) throws -> [Value] {
        if let values: [Value] = try structuresIfPresent(key, count: count) { return values }
        missing(key, isSensitive: false)
        return []
    }

    func stringsIfPresent(_ key: Key, count: Bounds? = nil, element: StringConstraint = .none) throws -> [String]? {
        guard let values = try decoded([String].self, key, as: .list) else { return nil }
        let shown = "[\(values.joined(separator: ", "))]"
        checkCount(values.count, count, key, shown: shown)
        if violations != nil, values.contains(where: { !element.complaints(about: $0).isEmpty }) {
            let rules = element.rules.joined(separator: ", ")
            violate(key, element.isSensitive ? nil : "'\(shown)'", "Member must satisfy constraint: [\(rules)]")
        }
        return values
    }

    func strings(_ key: Key, count: Bounds? = nil, element: StringConstraint = .none) throws -> [String] {
        if let values = try stringsIfPresent(key, count: count, element: element) { return values }
        missing(key, isSensitive: element.isSensitive)
        return []
    }

    func enumerationsIfPresent<Value: OpenEnumeration>(_ key: Key, count: Bounds? = nil) throws -> [Value]? {
        guard let values = try decoded([Value].self, key, as: .list) else { return nil }
        let shown = "[\(values.map(\.rawValue).joined(separator: ", "))]"
        checkCount(values.count, count, key, shown: shown)
        if violations != nil, values.contains(where: { !Value.allValues.contains($0.rawValue) }) {
            violate(key, "'\(shown)'", "Member must satisfy constraint: [\(Value.memberComplaint)]")
        }
        return values
    }

    func mapIfPresent(
        _ key: Key,
        count: Bounds? = nil,
        key keyRule: StringConstraint = .none,
        value valueRule: StringConstraint = .none,
        sensitive: Bool = false
    ) throws -> [String: String]? {
        guard let map = try decoded([String: String].self, key, as: .structure) else { return nil }
        guard violations != nil else { return map }
        let isSensitive = sensitive || valueRule.isSensitive
        let pairs = isSensitive ? "" : map.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: ", ")
        checkCount(map.count, count, key, shown: isSensitive ? nil : "{\(pairs)}")
        let checks = [("Map keys", keyRule, Array(map.keys)), ("Map value", valueRule, Array(map.values))]
        for (part, rule, texts) in checks where texts.contains(where: { !rule.complaints(about: $0).isEmpty }) {
            let rules = rule.rules.joined(separator: ", ")
            violate(key, isSensitive ? nil : "'{\(pairs)}'", "\(part) must satisfy constraint: [\(rules)]")
        }
        return map
    }

    func map(
        _ key: Key,
        count: Bounds? = nil,
        key keyRule: StringConstraint = .none,
        value valueRule: StringConstraint = .none,
        sensitive: Bool = false
    ) throws -> [String: String] {
        if let map = try mapIfPresent(key, count: count, key: keyRule, value: valueRule, sensitive: sensitive) {
            return map
        }
        missing(key, isSensitive: sensitive)
        return [:]
    }

    func structureMapIfPresent<Value: Decodable>(
        _ key: Key,
        count: Bounds? = nil,
        key keyRule: StringConstraint = .none
    ) throws -> [String: Value]? {
        guard let map = try decoded([String: Value].self, key, as: .structure) else { return nil }
        let shown = "{\(map.keys.sorted().map { "\($0)=…" }.joined(separator: ", "))}"
        checkCount(map.count, count, key, shown: shown)
        if violations != nil, map.keys.contains(where: { !keyRule.complaints(about: $0).isEmpty }) {
            violate(key, "'\(shown)'", "Map keys must satisfy constraint: [\(keyRule.rules.joined(separator: ", "))]")
        }
        return map
    }

    private func checkCount(_ count: Int, _ bounds: Bounds?, _ key: Key, shown: String?) {
        for complaint in bounds?.complaints(about: count, measure: "length") ?? [] {
            violate(key, shown.map { "'\($0)'" }, complaint)
        }
    }
}

extension StringConstraint {
    /// All that is demanded, in AWS's words: what a message about an element of a collection lists.
    var rules: [String] {
        var rules: [String] = []
        if let maximum = length?.maximum { rules.append("Member must have length less than or equal to \(maximum)") }
        if let minimum = length?.minimum { rules.append("Member must have length greater than or equal to \(minimum)") }
        if let pattern { rules.append("Member must satisfy regular expression pattern: \(pattern.text)") }
        return rules
    }
}
