package import CognitoModel

/// The attributes that every pool has, in the order in which DescribeUserPool lists them.
package enum StandardAttributes {
    package static let schema: [SchemaAttributeType] = [
        text("profile"), text("address"), text("birthdate", 10, 10), text("gender"), text("preferred_username"),
        number("updated_at"), text("website"), text("picture"), text("identities", mutable: true, unbounded: true),
        text("sub", 1, 2048, required: true, mutable: false), text("phone_number"), boolean("phone_number_verified"),
        text("zoneinfo"), text("locale"), text("email"), boolean("email_verified"), text("given_name"),
        text("family_name"), text("middle_name"), text("name"), text("nickname"),
    ]

    package static let names = Set(schema.compactMap(\.name))

    /// What the pool alone sets; nobody can write it.
    package static let readOnly: Set<String> = ["sub", "identities"]

    /// What only an administrator writes, beside the verification itself.
    package static let verificationFlags: Set<String> = ["email_verified", "phone_number_verified"]

    private static func text(
        _ name: String,
        _ minimum: Int = 0,
        _ maximum: Int = 2048,
        required: Bool = false,
        mutable: Bool = true,
        unbounded: Bool = false
    ) -> SchemaAttributeType {
        let constraints = StringAttributeConstraintsType(minLength: String(minimum), maxLength: String(maximum))
        return SchemaAttributeType(
            name: name,
            attributeDataType: .string,
            developerOnlyAttribute: false,
            mutable: mutable,
            required: required,
            stringAttributeConstraints: unbounded ? StringAttributeConstraintsType() : constraints
        )
    }

    private static func number(_ name: String) -> SchemaAttributeType {
        SchemaAttributeType(
            name: name,
            attributeDataType: .number,
            developerOnlyAttribute: false,
            mutable: true,
            required: false,
            numberAttributeConstraints: NumberAttributeConstraintsType(minValue: "0")
        )
    }

    private static func boolean(_ name: String) -> SchemaAttributeType {
        SchemaAttributeType(
            name: name,
            attributeDataType: .boolean,
            developerOnlyAttribute: false,
            mutable: true,
            required: false
        )
    }
}
