package import CognitoModel
import TextNormalization

/// The attributes that a pool's users can have.
package struct AttributeSchema: Sendable {
    package let attributes: [SchemaAttributeType]
    private let byName: [String: SchemaAttributeType]

    package init(_ attributes: [SchemaAttributeType]) {
        self.attributes = attributes
        byName = Dictionary(attributes.map { ($0.name ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    package subscript(_ name: String) -> SchemaAttributeType? { byName[name] }

    /// The attributes without which no user can be made; `sub` is given by the pool.
    package var requiredNames: [String] {
        attributes.filter { $0.required == true && $0.name != "sub" }.compactMap(\.name)
    }

    /// The values as they are kept: names and addresses in Unicode's normalization form C, so that what looks the same
    /// is the same; truth values in lower case.
    func kept(_ values: [UserAttribute]) -> [UserAttribute] {
        values.map { attribute in
            if Self.names.contains(attribute.name) { return UserAttribute(attribute.name, attribute.value.nfc) }
            guard byName[attribute.name]?.attributeDataType == .boolean else { return attribute }
            return UserAttribute(attribute.name, attribute.value.lowercased())
        }
    }

    /// The attributes by which users are found.
    private static let names: Set = ["email", "phone_number", "preferred_username"]

    /// Throws `AttributeFailure` for the first thing wrong with the values: unknown attributes and values that break a
    /// constraint together, then the format of addresses. An empty value deletes and is always well-formed.
    func check(_ values: [UserAttribute]) throws {
        let violations = values.compactMap(violation)
        if !violations.isEmpty { throw AttributeFailure.violations(violations) }
        for attribute in values where !attribute.value.isEmpty {
            switch attribute.name {
            case "email" where !ContactFormat.isEmail(attribute.value): throw AttributeFailure.invalidEmail
            case "phone_number" where !ContactFormat.isPhoneNumber(attribute.value):
                throw AttributeFailure.invalidPhoneNumber
            default: break
            }
        }
    }

    /// Throws unless every required attribute has a value; of a user who is changed, every one that had a value
    /// before.
    package func checkRequired(of values: UserAttributes, replacing current: UserAttributes? = nil) throws {
        let missing = requiredNames.filter { values[$0] == nil && (current == nil || current?[$0] != nil) }
        guard missing.isEmpty else {
            throw AttributeFailure.violations(missing.map { AttributeViolation($0, .required) })
        }
    }

    private func violation(_ attribute: UserAttribute) -> AttributeViolation? {
        guard let definition = byName[attribute.name] else { return AttributeViolation(attribute.name, .unknown) }
        guard !attribute.value.isEmpty, let rule = definition.rule(brokenBy: attribute.value) else { return nil }
        return AttributeViolation(attribute.name, rule)
    }
}

extension SchemaAttributeType {
    /// Longest value of any attribute, in bytes (developer guide, quotas).
    private static let longestValue = 2048

    fileprivate func rule(brokenBy value: String) -> AttributeViolation.Rule? {
        if value.utf8.count > Self.longestValue { return .longerThanAnyValue(bytes: Self.longestValue) }
        switch attributeDataType {
        case .number: return numberRule(brokenBy: value)
        case .boolean: return Bool(attributeValue: value) == nil ? .notBoolean : nil
        case .dateTime: return Int64(value) == nil ? .notTime : nil
        default: return stringRule(brokenBy: value)
        }
    }

    private func numberRule(brokenBy value: String) -> AttributeViolation.Rule? {
        guard let number = Int64(value), !value.hasPrefix("+") else { return .notNumber }
        if let minimum = numberAttributeConstraints?.minValue.flatMap(Int64.init), number < minimum {
            return .belowMinimum(minimum)
        }
        if let maximum = numberAttributeConstraints?.maxValue.flatMap(Int64.init), number > maximum {
            return .aboveMaximum(maximum)
        }
        return nil
    }

    private func stringRule(brokenBy value: String) -> AttributeViolation.Rule? {
        if let minimum = stringAttributeConstraints?.minLength.flatMap(Int.init), value.utf16.count < minimum {
            return .shorterThan(minimum)
        }
        if let maximum = stringAttributeConstraints?.maxLength.flatMap(Int.init), value.utf16.count > maximum {
            return .longerThan(maximum)
        }
        return nil
    }
}

extension Bool {
    /// The value of a boolean attribute, which may be written in any case.
    package init?(attributeValue text: String) {
        switch text.lowercased() {
        case "true": self = true
        case "false": self = false
        default: return nil
        }
    }
}
