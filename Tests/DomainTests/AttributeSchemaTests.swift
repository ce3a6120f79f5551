import CognitoModel
import Domain
import Testing

@Suite struct AttributeSchemaTests {
    private static let custom = """
        "Schema":[
            {"Name":"text","AttributeDataType":"String","StringAttributeConstraints":{"MinLength":"2","MaxLength":"4"}},
            {"Name":"free","AttributeDataType":"String"},
            {"Name":"count","AttributeDataType":"Number","NumberAttributeConstraints":{"MinValue":"-5","MaxValue":"10"}},
            {"Name":"flag","AttributeDataType":"Boolean"},
            {"Name":"when","AttributeDataType":"DateTime"},
            {"Name":"admin","AttributeDataType":"String","DeveloperOnlyAttribute":true,"Mutable":false},
            {"Name":"name","Required":true},{"Name":"email","Required":true,"Mutable":false}
        ]
        """

    @Test(
        "a value is held against its rule",
        arguments: [
            ("custom:text", "ab", nil), ("custom:text", "🔑🔑", nil), ("custom:text", "", nil),
            ("custom:text", "a", "String must be longer than or equal to 2 characters"),
            ("custom:text", "abcde", "String must be no longer than 4 characters"),
            ("custom:text", "🔑🔑🔑", "String must be no longer than 4 characters"),
            ("custom:count", "-5", nil), ("custom:count", "10", nil), ("custom:count", "", nil),
            ("custom:count", "-6", "Number must be greater than or equal to -5"),
            ("custom:count", "11", "Number must be less than or equal to 10"),
            ("custom:count", "1.5", "Attribute value must be a number."),
            ("custom:count", "x", "Attribute value must be a number."),
            ("custom:count", "99999999999999999999", "Attribute value must be a number."),
            ("custom:flag", "true", nil), ("custom:flag", "false", nil),
            ("custom:flag", "True", "Attribute value must be a boolean."),
            ("custom:flag", "1", "Attribute value must be a boolean."),
            ("custom:when", "1700000000", nil),
            ("custom:when", "2024-01-01", "Attribute value must be a time in seconds since 1970."),
            ("birthdate", "2000-01-01", nil),
            ("birthdate", "2000-1-1", "String must be longer than or equal to 10 characters"),
            ("updated_at", "0", nil), ("updated_at", "-1", "Number must be greater than or equal to 0"),
            ("dev:custom:admin", "x", nil), ("custom:admin", "x", "Attribute does not exist in the schema."),
            ("nonsense", "x", "Attribute does not exist in the schema."),
            ("custom:x", "", "Attribute does not exist in the schema."),
            ("Email", "a@b.c", "Attribute does not exist in the schema."),
            ("email_verified", "yes", "Attribute value must be a boolean."),
            ("nickname", String(repeating: "x", count: 2048), nil),
            ("nickname", String(repeating: "x", count: 2049), "Attribute value is longer than 2048 bytes."),
            ("custom:free", String(repeating: "é", count: 1025), "Attribute value is longer than 2048 bytes."),
        ] as [(String, String, String?)]
    )
    func values(name: String, value: String, complaint: String?) throws {
        let schema = try makePool(Self.custom).schema
        let error = refusal { try schema.check([UserAttribute(name, value)]) }
        #expect(error?.message == complaint.map { "Attributes did not conform to the schema: \(name): \($0)\n" })
        if complaint != nil { #expect(error?.code == .invalidParameter) }
    }

    @Test("all violations stand in one message, each with its line break, before the formats")
    func several() throws {
        let values = [UserAttribute("email", "bad"), UserAttribute("a", "x"), UserAttribute("custom:flag", "y")]
        #expect(
            refusal { try makePool(Self.custom).schema.check(values) }?.message == """
                Attributes did not conform to the schema: a: Attribute does not exist in the schema.
                custom:flag: Attribute value must be a boolean.

                """
        )
    }

    @Test(
        "the formats of addresses",
        arguments: [
            ("email", "bad", "Invalid email address format."), ("email", "a@b.c", nil), ("email", "", nil),
            ("phone_number", "123", "Invalid phone number format."), ("phone_number", "+4912", nil),
            ("phone_number", "", nil),
        ] as [(String, String, String?)]
    )
    func formats(name: String, value: String, message: String?) throws {
        #expect(refusal { try makePool().schema.check([UserAttribute(name, value)]) }?.message == message)
    }

    @Test("required attributes that are missing are all told")
    func required() throws {
        let schema = try makePool(Self.custom).schema
        #expect(schema.requiredNames == ["email", "name"])
        let given = UserAttributes([UserAttribute("name", "x"), UserAttribute("email", "a@b.c")])
        #expect(refusal { try schema.checkRequired(of: given) } == nil)
        #expect(
            refusal { try schema.checkRequired(of: UserAttributes()) }?.message == """
                Attributes did not conform to the schema: email: The attribute is required
                name: The attribute is required

                """
        )
    }

    @Test("a new pool has the standard attributes, then its own")
    func creation() throws {
        let schema = try makePool(Self.custom).schema
        let standard = [
            "profile", "address", "birthdate", "gender", "preferred_username", "updated_at", "website", "picture",
            "identities", "sub", "phone_number", "phone_number_verified", "zoneinfo", "locale", "email",
            "email_verified", "given_name", "family_name", "middle_name", "name", "nickname",
        ]
        let custom = ["custom:text", "custom:free", "custom:count", "custom:flag", "custom:when", "dev:custom:admin"]
        #expect(schema.attributes.compactMap(\.name) == standard + custom)
        #expect(schema["name"]?.required == true)
        #expect(schema["email"]?.mutable == false)
        #expect(schema["sub"]?.mutable == false && schema["sub"]?.required == true)
        #expect(schema["custom:free"]?.mutable == true)
        #expect(schema["dev:custom:admin"]?.developerOnlyAttribute == true)
        #expect(schema["custom:flag"]?.stringAttributeConstraints == nil)
    }

    @Test(
        "what no pool can be made with",
        arguments: [
            (
                #"{"Name":"email","AttributeDataType":"Number"}"#,
                "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email"
            ),
            (
                #"{"Name":"email","DeveloperOnlyAttribute":true}"#,
                "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email"
            ),
            (
                #"{"Name":"a"}"#,
                "Invalid AttributeDataType input, consider using the provided AttributeDataType enum."
            ),
            (
                #"{"Name":"a","AttributeDataType":"String","Required":true}"#,
                "Required custom attributes are not supported currently."
            ),
            (
                #"{"Name":"a","AttributeDataType":"String"},{"Name":"a","AttributeDataType":"Number"}"#,
                "Custom attribute names must be unique."
            ),
            (#"{"AttributeDataType":"String"}"#, "Attribute name is missing."),
        ]
    )
    func creationErrors(schema: String, message: String) {
        let error = refusal { _ = try makePool(#""Schema":[\#(schema)]"#) }
        #expect(error?.code == .invalidParameter)
        #expect(error?.message == message)
    }

    @Test("fifty custom attributes go, fifty-one don't")
    func limit() throws {
        let attributes = (0..<51).map { SchemaAttributeType(name: "a\($0)", attributeDataType: .string) }
        #expect(try AttributeSchema.creating(Array(attributes.prefix(50))).count == 71)
        #expect(
            refusal { _ = try AttributeSchema.creating(attributes) }?.message
                == "Number of custom attributes exceeds 50."
        )
    }

    @Test("a standard attribute may be asked for as it is")
    func unchanged() throws {
        let pool = try makePool(#""Schema":[{"Name":"email","AttributeDataType":"String","Required":true}]"#)
        #expect(pool.schema.attributes.count == 21)
        #expect(pool.schema["email"]?.stringAttributeConstraints?.maxLength == "2048")
    }
}
