package import CognitoModel

extension AttributeSchema {
    private static let longestCustomName = 20
    private static let mostCustomAttributes = 50

    /// The schema of a new pool: the standard attributes, changed where the request says so, then the custom ones.
    package static func creating(_ requested: [SchemaAttributeType]) throws -> [SchemaAttributeType] {
        for attribute in requested { try checkBounds(of: attribute) }
        var standard = StandardAttributes.schema
        var custom: [SchemaAttributeType] = []
        for attribute in requested {
            guard let name = attribute.name else { throw CognitoError.invalidParameter("Attribute name is missing.") }
            if let index = standard.firstIndex(where: { $0.name == name }) {
                standard[index] = try changed(standard[index], by: attribute, name: name)
            } else {
                custom.append(try self.custom(attribute, name: name))
            }
        }
        guard custom.count <= mostCustomAttributes else {
            throw CognitoError.invalidParameter("Number of custom attributes exceeds \(mostCustomAttributes).")
        }
        guard Set(custom.map { $0.name ?? "" }).count == custom.count else {
            throw CognitoError.invalidParameter("Custom attribute names must be unique.")
        }
        return standard + custom
    }

    /// Throws where a constraint is no number, or no value could meet it.
    private static func checkBounds(of attribute: SchemaAttributeType) throws {
        let (strings, numbers) = (attribute.stringAttributeConstraints, attribute.numberAttributeConstraints)
        for (low, high) in [(strings?.minLength, strings?.maxLength), (numbers?.minValue, numbers?.maxValue)] {
            let bounds = [low, high].compactMap { $0 }
            let values = bounds.compactMap { Int64($0) }
            guard values.count == bounds.count, values == values.sorted() else {
                throw CognitoError.invalidParameter("Invalid constraints of the attribute \(attribute.name ?? "").")
            }
        }
    }

    private static func changed(
        _ standard: SchemaAttributeType,
        by requested: SchemaAttributeType,
        name: String
    ) throws -> SchemaAttributeType {
        guard requested.attributeDataType == nil || requested.attributeDataType == standard.attributeDataType,
            requested.developerOnlyAttribute != true
        else {
            throw CognitoError.invalidParameter(
                "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute \(name)"
            )
        }
        var attribute = standard
        attribute.mutable = requested.mutable ?? standard.mutable
        attribute.required = name == "sub" ? true : requested.required ?? standard.required
        attribute.stringAttributeConstraints =
            requested.stringAttributeConstraints ?? standard.stringAttributeConstraints
        attribute.numberAttributeConstraints =
            requested.numberAttributeConstraints ?? standard.numberAttributeConstraints
        return attribute
    }

    /// A custom attribute under its full name: `custom:`, or `dev:custom:` where only administrators may use it.
    private static func custom(_ requested: SchemaAttributeType, name: String) throws -> SchemaAttributeType {
        guard name.utf16.count <= longestCustomName else {
            throw CognitoError.invalidParameter("Custom attribute name \(name) is longer than \(longestCustomName).")
        }
        guard let type = requested.attributeDataType else {
            throw CognitoError.invalidParameter(
                "Invalid AttributeDataType input, consider using the provided AttributeDataType enum."
            )
        }
        guard requested.required != true else {
            throw CognitoError.invalidParameter("Required custom attributes are not supported currently.")
        }
        let isDeveloperOnly = requested.developerOnlyAttribute ?? false
        return SchemaAttributeType(
            name: (isDeveloperOnly ? "dev:custom:" : "custom:") + name,
            attributeDataType: type,
            developerOnlyAttribute: isDeveloperOnly,
            mutable: requested.mutable ?? true,
            required: false,
            numberAttributeConstraints: type == .number
                ? requested.numberAttributeConstraints ?? NumberAttributeConstraintsType() : nil,
            stringAttributeConstraints: type == .string
                ? requested.stringAttributeConstraints ?? StringAttributeConstraintsType() : nil
        )
    }
}
