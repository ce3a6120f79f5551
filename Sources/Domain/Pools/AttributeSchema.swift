package import CognitoModel

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

    /// Throws for the first thing wrong with the values: unknown attributes and values that break a constraint
    /// together in one message, then the format of addresses. An empty value deletes and is always well-formed.
    package func check(_ values: [UserAttribute]) throws {
        let violations = values.compactMap(violation)
        if !violations.isEmpty { throw CognitoError.schemaViolations(violations) }
        for attribute in values where !attribute.value.isEmpty {
            switch attribute.name {
            case "email" where !ContactFormat.isEmail(attribute.value): throw CognitoError.invalidEmail
            case "phone_number" where !ContactFormat.isPhoneNumber(attribute.value):
                throw CognitoError.invalidPhoneNumber
            default: break
            }
        }
    }

    /// Throws unless every required attribute has a value; of a user who is changed, every one that had a value
    /// before.
    package func checkRequired(of values: UserAttributes, replacing current: UserAttributes? = nil) throws {
        let missing = requiredNames.filter { values[$0] == nil && (current == nil || current?[$0] != nil) }
        guard missing.isEmpty else {
            throw CognitoError.schemaViolations(missing.map { "\($0): The attribute is required" })
        }
    }

    private func violation(_ attribute: UserAttribute) -> String? {
        guard let rule = byName[attribute.name] else {
            return "\(attribute.name): Attribute does not exist in the schema."
        }
        guard !attribute.value.isEmpty, let complaint = rule.complaint(about: attribute.value) else { return nil }
        return "\(attribute.name): \(complaint)"
    }
}

extension SchemaAttributeType {
    /// Longest value of any attribute, in bytes (developer guide, quotas).
    private static let longestValue = 2048

    fileprivate func complaint(about value: String) -> String? {
        if value.utf8.count > Self.longestValue { return "Attribute value is longer than \(Self.longestValue) bytes." }
        switch attributeDataType {
        case .number: return numberComplaint(value)
        case .boolean: return value == "true" || value == "false" ? nil : "Attribute value must be a boolean."
        case .dateTime: return Int64(value) == nil ? "Attribute value must be a time in seconds since 1970." : nil
        default: return stringComplaint(value)
        }
    }

    private func numberComplaint(_ value: String) -> String? {
        guard let number = Int64(value), !value.hasPrefix("+") else { return "Attribute value must be a number." }
        if let minimum = numberAttributeConstraints?.minValue.flatMap(Int64.init), number < minimum {
            return "Number must be greater than or equal to \(minimum)"
        }
        if let maximum = numberAttributeConstraints?.maxValue.flatMap(Int64.init), number > maximum {
            return "Number must be less than or equal to \(maximum)"
        }
        return nil
    }

    private func stringComplaint(_ value: String) -> String? {
        if let minimum = stringAttributeConstraints?.minLength.flatMap(Int.init), value.utf16.count < minimum {
            return "String must be longer than or equal to \(minimum) characters"
        }
        if let maximum = stringAttributeConstraints?.maxLength.flatMap(Int.init), value.utf16.count > maximum {
            return "String must be no longer than \(maximum) characters"
        }
        return nil
    }
}
