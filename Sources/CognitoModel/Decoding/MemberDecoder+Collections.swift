extension MemberDecoder {
    func structureIfPresent<Value: JSONDecodable>(_ name: StaticString, sensitive: Bool = false) throws -> Value? {
        try decoded(Value.self, name, as: .structure)
    }

    func structure<Value: JSONDecodable>(_ name: StaticString, sensitive: Bool = false) throws -> Value {
        if let value: Value = try structureIfPresent(name, sensitive: sensitive) { return value }
        missing(name, isSensitive: sensitive)
        throw MissingStructure()
    }

    func structuresIfPresent<Value: JSONDecodable>(_ name: StaticString, count: Bounds? = nil) throws -> [Value]? {
        let values = try decoded([Value].self, name, as: .list)
        if let values {
            checkCount(values.count, count, name, shown: Excerpt(values) { String(describing: $0) })
        }
        return values
    }

    func structures<Value: JSONDecodable>(_ name: StaticString, count: Bounds? = nil) throws -> [Value] {
        if let values: [Value] = try structuresIfPresent(name, count: count) { return values }
        missing(name, isSensitive: false)
        return []
    }

    func stringsIfPresent(
        _ name: StaticString,
        count: Bounds? = nil,
        element: StringConstraint = .none
    ) throws -> [String]? {
        guard let values = try decoded([String].self, name, as: .list) else { return nil }
        var shown: Excerpt { Excerpt(values) { $0 } }
        checkCount(values.count, count, name, shown: shown)
        if violations != nil, values.contains(where: { !element.isMet(by: $0) }) {
            let rules = element.rules.joined(separator: ", ")
            violate(name, element.isSensitive ? nil : shown, "Member must satisfy constraint: [\(rules)]")
        }
        return values
    }

    func strings(_ name: StaticString, count: Bounds? = nil, element: StringConstraint = .none) throws -> [String] {
        if let values = try stringsIfPresent(name, count: count, element: element) { return values }
        missing(name, isSensitive: element.isSensitive)
        return []
    }

    func enumerationsIfPresent<Value: OpenEnumeration>(_ name: StaticString, count: Bounds? = nil) throws -> [Value]? {
        guard let values = try decoded([Value].self, name, as: .list) else { return nil }
        var shown: Excerpt { Excerpt(values) { $0.rawValue } }
        checkCount(values.count, count, name, shown: shown)
        if violations != nil, values.contains(where: { !Value.allValues.contains($0.rawValue) }) {
            violate(name, shown, "Member must satisfy constraint: [\(Value.memberComplaint)]")
        }
        return values
    }

    func mapIfPresent(
        _ name: StaticString,
        count: Bounds? = nil,
        key keyRule: StringConstraint = .none,
        value valueRule: StringConstraint = .none,
        sensitive: Bool = false
    ) throws -> [String: String]? {
        guard let map = try decoded([String: String].self, name, as: .structure) else { return nil }
        guard violations != nil else { return map }
        let isSensitive = sensitive || valueRule.isSensitive
        var shown: Excerpt? {
            guard !isSensitive else { return nil }
            return Excerpt(map.sorted { $0.key < $1.key }, in: ("{", "}")) { "\($0.key)=\($0.value)" }
        }
        checkCount(map.count, count, name, shown: shown)
        let checks = [
            ("Map keys", keyRule, map.keys.allSatisfy(keyRule.isMet)),
            ("Map value", valueRule, map.values.allSatisfy(valueRule.isMet)),
        ]
        for (part, rule, isMet) in checks where !isMet {
            let rules = rule.rules.joined(separator: ", ")
            violate(name, shown, "\(part) must satisfy constraint: [\(rules)]")
        }
        return map
    }

    func map(
        _ name: StaticString,
        count: Bounds? = nil,
        key keyRule: StringConstraint = .none,
        value valueRule: StringConstraint = .none,
        sensitive: Bool = false
    ) throws -> [String: String] {
        if let map = try mapIfPresent(name, count: count, key: keyRule, value: valueRule, sensitive: sensitive) {
            return map
        }
        missing(name, isSensitive: sensitive)
        return [:]
    }

    func structureMapIfPresent<Value: JSONDecodable>(
        _ name: StaticString,
        count: Bounds? = nil,
        key keyRule: StringConstraint = .none
    ) throws -> [String: Value]? {
        guard let map = try decoded([String: Value].self, name, as: .structure) else { return nil }
        var shown: Excerpt { Excerpt(map.keys.sorted(), in: ("{", "}")) { "\($0)=…" } }
        checkCount(map.count, count, name, shown: shown)
        if violations != nil, !map.keys.allSatisfy(keyRule.isMet) {
            let rules = keyRule.rules.joined(separator: ", ")
            violate(name, shown, "Map keys must satisfy constraint: [\(rules)]")
        }
        return map
    }

    private func checkCount(_ count: Int, _ bounds: Bounds?, _ name: StaticString, shown: @autoclosure () -> Excerpt?) {
        for complaint in bounds?.complaints(about: count, measure: "length") ?? [] {
            violate(name, shown(), complaint)
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
