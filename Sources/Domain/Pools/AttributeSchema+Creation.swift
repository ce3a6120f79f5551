package import CognitoModel

extension AttributeSchema {
    private static let longestCustomName = 20
    private static let mostCustomAttributes = 50

    /// The schema of a new pool: the standard attributes, changed where the request says so, then the custom ones.
    package static func creating(_ requested: [SchemaAttributeType]) throws -> [SchemaAttributeType] {
        for attribute in requested {
            let name = attribute.name ?? ""
            try checkBounds(
                of: attribute,
                named: StandardAttributes.names.contains(name) ? name : fullName(of: attribute)
            )
        }
        var standard = StandardAttributes.schema
        var custom: [SchemaAttributeType] = []
        for attribute in requested {
            guard let name = attribute.name else { throw SchemaFailure.nameMissing }
            if let index = standard.firstIndex(where: { $0.name == name }) {
                standard[index] = try changed(standard[index], by: attribute, name: name)
            } else {
                custom.append(try self.custom(attribute, name: name))
            }
        }
        try checkDistinct(custom)
        return try bounded(standard + custom)
    }

    /// A pool's schema with further custom attributes.
    package static func adding(
        _ requested: [SchemaAttributeType],
        to schema: [SchemaAttributeType]
    ) throws -> [SchemaAttributeType] {
        let custom = try requested.map { attribute in
            guard let name = attribute.name else { throw SchemaFailure.nameMissing }
            try checkBounds(of: attribute, named: fullName(of: attribute))
            return try self.custom(attribute, name: name)
        }
        try checkDistinct(custom)
        let taken = Set(schema.compactMap(\.name))
        for attribute in custom {
            if let name = attribute.name, taken.contains(name) { throw SchemaFailure.attributeExists(name) }
        }
        return try bounded(schema + custom)
    }

    /// The schema, unless it has more custom attributes than a pool may have.
    private static func bounded(_ schema: [SchemaAttributeType]) throws -> [SchemaAttributeType] {
        guard schema.count - StandardAttributes.schema.count <= mostCustomAttributes else {
            throw SchemaFailure.tooManyCustomAttributes(limit: mostCustomAttributes)
        }
        return schema
    }

    /// Throws where two have the same name.
    private static func checkDistinct(_ attributes: [SchemaAttributeType]) throws {
        var seen: Set<String> = []
        let again = attributes.compactMap(\.name).filter { !seen.insert($0).inserted }
        guard again.isEmpty else { throw SchemaFailure.duplicateCustomAttributes(again) }
    }

    /// Throws where a constraint is no number, or no value could meet it.
    private static func checkBounds(of attribute: SchemaAttributeType, named fullName: String) throws {
        let name = attribute.name ?? ""
        let (strings, numbers) = (attribute.stringAttributeConstraints, attribute.numberAttributeConstraints)
        guard let lengths = bounds(strings?.minLength, strings?.maxLength) else {
            throw SchemaFailure.invalidStringConstraints(name)
        }
        guard let values = bounds(numbers?.minValue, numbers?.maxValue) else {
            throw SchemaFailure.invalidNumberConstraints(name)
        }
        guard lengths == lengths.sorted() else { throw SchemaFailure.lengthsReversed(fullName) }
        guard values == values.sorted() else { throw SchemaFailure.valuesReversed(fullName) }
    }

    /// The bounds that are given, the lower one first; nil where one isn't a number.
    private static func bounds(_ low: String?, _ high: String?) -> [Int64]? {
        let given = [low, high].compactMap { $0 }
        let numbers = given.compactMap { Int64($0) }
        return numbers.count == given.count ? numbers : nil
    }

    private static func changed(
        _ standard: SchemaAttributeType,
        by requested: SchemaAttributeType,
        name: String
    ) throws -> SchemaAttributeType {
        guard requested.attributeDataType == nil || requested.attributeDataType == standard.attributeDataType,
            requested.developerOnlyAttribute != true
        else {
            throw SchemaFailure.standardAttributeChanged(name)
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

    /// The name of a custom attribute: `custom:`, or `dev:custom:` where only administrators may use it, and what was
    /// given.
    private static func fullName(of attribute: SchemaAttributeType) -> String {
        (attribute.developerOnlyAttribute == true ? "dev:custom:" : "custom:") + (attribute.name ?? "")
    }

    /// A custom attribute under its full name.
    private static func custom(_ requested: SchemaAttributeType, name: String) throws -> SchemaAttributeType {
        guard name.utf16.count <= longestCustomName else {
            throw SchemaFailure.customNameTooLong(name, limit: longestCustomName)
        }
        guard let type = requested.attributeDataType else { throw SchemaFailure.typeMissing }
        guard requested.required != true else { throw SchemaFailure.requiredCustomAttribute }
        return SchemaAttributeType(
            name: fullName(of: requested),
            attributeDataType: type,
            developerOnlyAttribute: requested.developerOnlyAttribute ?? false,
            mutable: requested.mutable ?? true,
            required: false,
            numberAttributeConstraints: type == .number
                ? requested.numberAttributeConstraints ?? NumberAttributeConstraintsType() : nil,
            stringAttributeConstraints: type == .string
                ? requested.stringAttributeConstraints ?? StringAttributeConstraintsType() : nil
        )
    }
}
