import CognitoModel
import Testing

@testable import Domain

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
            ("custom:text", "a", .shorterThan(2)),
            ("custom:text", "abcde", .longerThan(4)),
            ("custom:text", "🔑🔑🔑", .longerThan(4)),
            ("custom:count", "-5", nil), ("custom:count", "10", nil), ("custom:count", "", nil),
            ("custom:count", "-6", .belowMinimum(-5)),
            ("custom:count", "11", .aboveMaximum(10)),
            ("custom:count", "1.5", .notNumber),
            ("custom:count", "x", .notNumber),
            ("custom:count", "99999999999999999999", .notNumber),
            ("custom:flag", "true", nil), ("custom:flag", "false", nil),
            ("custom:flag", "True", nil), ("custom:flag", "FALSE", nil), ("custom:flag", "1", .notBoolean),
            ("custom:flag", "true ", .notBoolean), ("custom:flag", "yes", .notBoolean),
            ("custom:when", "1700000000", nil),
            ("custom:when", "2024-01-01", .notTime),
            ("birthdate", "2000-01-01", nil),
            ("birthdate", "2000-1-1", .shorterThan(10)),
            ("updated_at", "0", nil), ("updated_at", "-1", .belowMinimum(0)),
            ("dev:custom:admin", "x", nil), ("custom:admin", "x", .unknown),
            ("nonsense", "x", .unknown),
            ("custom:x", "", .unknown),
            ("Email", "a@b.c", .unknown),
            ("email_verified", "yes", .notBoolean),
            ("nickname", String(repeating: "x", count: 2048), nil),
            ("nickname", String(repeating: "x", count: 2049), .longerThanAnyValue(bytes: 2048)),
            ("custom:free", String(repeating: "é", count: 1025), .longerThanAnyValue(bytes: 2048)),
        ] as [(String, String, AttributeViolation.Rule?)]
    )
    func values(name: String, value: String, broken: AttributeViolation.Rule?) throws {
        let pool = try makePool(Self.custom)
        let failure = failure(of: AttributeFailure.self) { _ = try pool.checked([UserAttribute(name, value)]) }
        #expect(failure == broken.map { .violations([AttributeViolation(name, $0)]) })
    }

    @Test(
        "truth values are kept in lower case, names in Unicode's composed form, all others as they came",
        arguments: [
            ("custom:flag", "True", "true"), ("custom:flag", "FALSE", "false"), ("email_verified", "TRUE", "true"),
            ("phone_number_verified", "tRuE", "true"), ("custom:flag", "", ""), ("custom:free", "True", "True"),
            ("name", "TRUE", "TRUE"), ("email", "Ada@Example.com", "Ada@Example.com"),
            ("email", "e\u{301}@b.c", "\u{E9}@b.c"), ("preferred_username", "e\u{301}", "\u{E9}"),
            ("name", "e\u{301}", "e\u{301}"), ("custom:free", "e\u{301}", "e\u{301}"),
        ]
    )
    func kept(name: String, value: String, kept: String) throws {
        let attributes = [UserAttribute("nickname", "N"), UserAttribute(name, value)]
        let checked = try makePool(Self.custom).checked(attributes)
        #expect(checked == [UserAttribute("nickname", "N"), UserAttribute(name, kept)])
        // Texts are equal that only look the same; bytes aren't.
        #expect(checked.last.map { Array($0.value.utf8) } == Array(kept.utf8))
    }

    @Test("all violations are told at once, in the order of the values, before the formats")
    func several() throws {
        let values = [UserAttribute("email", "bad"), UserAttribute("a", "x"), UserAttribute("custom:flag", "y")]
        let violations = [AttributeViolation("a", .unknown), AttributeViolation("custom:flag", .notBoolean)]
        let pool = try makePool(Self.custom)
        #expect(throws: AttributeFailure.violations(violations)) { try pool.checked(values) }
    }

    @Test(
        "the formats of addresses",
        arguments: [
            ("email", "bad", .invalidEmail), ("email", "a@b.c", nil), ("email", "", nil),
            ("phone_number", "123", .invalidPhoneNumber), ("phone_number", "+4912", nil), ("phone_number", "", nil),
        ] as [(String, String, AttributeFailure?)]
    )
    func formats(name: String, value: String, expected: AttributeFailure?) throws {
        let pool = try makePool()
        let failure = failure(of: AttributeFailure.self) { _ = try pool.checked([UserAttribute(name, value)]) }
        #expect(failure == expected)
    }

    /// `names` are the pool's settings under which addresses are names.
    @Test(
        "a preferred username can't be taken for somebody's address",
        arguments: [
            ("", "a@b.c", nil), ("", "+4915112345", nil),
            (#""AliasAttributes":["email"]"#, "a@b.c", .preferredUsernameIsEmail),
            (#""AliasAttributes":["email"]"#, "+4915112345", nil), (#""AliasAttributes":["email"]"#, "ada", nil),
            (#""AliasAttributes":["phone_number"]"#, "+4915112345", .preferredUsernameIsPhoneNumber),
            (#""AliasAttributes":["phone_number"]"#, "a@b.c", nil),
            (#""AliasAttributes":["preferred_username"]"#, "a@b.c", nil),
            (#""UsernameAttributes":["email"]"#, "a@b.c", .preferredUsernameIsEmail),
            (#""UsernameAttributes":["phone_number"]"#, "+4915112345", .preferredUsernameIsPhoneNumber),
        ] as [(String, String, AttributeFailure?)]
    )
    func preferredUsername(names: String, value: String, expected: AttributeFailure?) throws {
        let pool = try makePool(names)
        let failure = failure(of: AttributeFailure.self) {
            _ = try pool.checked([UserAttribute("preferred_username", value)])
        }
        #expect(failure == expected)
    }

    @Test("required attributes that are missing are all told")
    func required() throws {
        let schema = try makePool(Self.custom).schema
        #expect(schema.requiredNames == ["email", "name"])
        let given = UserAttributes([UserAttribute("name", "x"), UserAttribute("email", "a@b.c")])
        #expect(throws: Never.self) { try schema.checkRequired(of: given) }
        let missing = [AttributeViolation("email", .required), AttributeViolation("name", .required)]
        #expect(throws: AttributeFailure.violations(missing)) { try schema.checkRequired(of: UserAttributes()) }
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
            (#"{"Name":"email","AttributeDataType":"Number"}"#, .standardAttributeChanged("email")),
            (#"{"Name":"email","DeveloperOnlyAttribute":true}"#, .standardAttributeChanged("email")),
            (#"{"Name":"a"}"#, .typeMissing),
            (#"{"Name":"a","AttributeDataType":"String","Required":true}"#, .requiredCustomAttribute),
            (
                #"{"Name":"a","AttributeDataType":"String"},{"Name":"a","AttributeDataType":"Number"}"#,
                .duplicateCustomAttributes(["custom:a"])
            ),
            (#"{"AttributeDataType":"String"}"#, .nameMissing),
        ] as [(String, SchemaFailure)]
    )
    func creationErrors(schema: String, failure: SchemaFailure) {
        #expect(throws: failure) { try makePool(#""Schema":[\#(schema)]"#) }
    }

    /// `bounds` as the lower and the upper one, joined by a comma; either may be left out.
    @Test(
        "bounds are numbers, and the upper one isn't below the lower one",
        arguments: [
            ("String", "1,2", nil), ("String", "2,2", nil), ("String", "1,", nil), ("String", ",2", nil),
            ("String", "x,2", .invalidStringConstraints("a")), ("String", "1,y", .invalidStringConstraints("a")),
            ("String", "1.5,", .invalidStringConstraints("a")), ("String", "2,1", .lengthsReversed("custom:a")),
            ("Number", "-2,-1", nil), ("Number", "0,0", nil), ("Number", "5,", nil), ("Number", ",-5", nil),
            ("Number", "x,2", .invalidNumberConstraints("a")), ("Number", "1,y", .invalidNumberConstraints("a")),
            ("Number", "-1,-2", .valuesReversed("custom:a")),
        ] as [(String, String, SchemaFailure?)]
    )
    func bounds(type: String, bounds: String, expected: SchemaFailure?) {
        let (lower, upper) = (bounds.prefix { $0 != "," }, bounds.drop { $0 != "," }.dropFirst())
        let noun = type == "String" ? "Length" : "Value"
        let members = [("Min\(noun)", lower), ("Max\(noun)", upper)].filter { !$0.1.isEmpty }
            .map { #""\#($0.0)":"\#($0.1)""# }
        let attribute =
            #"{"Name":"a","AttributeDataType":"\#(type)","\#(type)AttributeConstraints":"#
            + "{\(members.joined(separator: ","))}}"
        let failure = failure(of: SchemaFailure.self) { _ = try makePool("\"Schema\":[\(attribute)]") }
        #expect(failure == expected)
    }

    @Test(
        "so are those of standard attributes",
        arguments: [
            (
                #"{"Name":"email","StringAttributeConstraints":{"MinLength":"x"}}"#,
                .invalidStringConstraints("email")
            ),
            (
                #"{"Name":"email","StringAttributeConstraints":{"MinLength":"5","MaxLength":"4"}}"#,
                .lengthsReversed("email")
            ),
            (
                #"{"Name":"updated_at","NumberAttributeConstraints":{"MaxValue":"x"}}"#,
                .invalidNumberConstraints("updated_at")
            ),
            (
                #"{"Name":"updated_at","NumberAttributeConstraints":{"MinValue":"5","MaxValue":"4"}}"#,
                .valuesReversed("updated_at")
            ),
        ] as [(String, SchemaFailure)]
    )
    func standardBounds(schema: String, failure: SchemaFailure) {
        #expect(throws: failure) { try makePool(#""Schema":[\#(schema)]"#) }
    }

    @Test("a custom attribute's name has twenty characters at most")
    func longNames() throws {
        let longest = String(repeating: "a", count: 20)
        let tooLong = longest + "a"
        let attributes = [longest, tooLong].map { SchemaAttributeType(name: $0, attributeDataType: .string) }
        #expect(try AttributeSchema.creating([attributes[0]]).last?.name == "custom:\(longest)")
        #expect(throws: SchemaFailure.customNameTooLong(tooLong, limit: 20)) {
            try AttributeSchema.creating([attributes[1]])
        }
    }

    @Test("fifty custom attributes go, fifty-one don't")
    func limit() throws {
        let attributes = (0..<51).map { SchemaAttributeType(name: "a\($0)", attributeDataType: .string) }
        #expect(try AttributeSchema.creating(Array(attributes.prefix(50))).count == 71)
        #expect(throws: SchemaFailure.tooManyCustomAttributes(limit: 50)) { try AttributeSchema.creating(attributes) }
    }

    @Test("a standard attribute may be asked for as it is")
    func unchanged() throws {
        let pool = try makePool(#""Schema":[{"Name":"email","AttributeDataType":"String","Required":true}]"#)
        #expect(pool.schema.attributes.count == 21)
        #expect(pool.schema["email"]?.stringAttributeConstraints?.maxLength == "2048")
    }
}
