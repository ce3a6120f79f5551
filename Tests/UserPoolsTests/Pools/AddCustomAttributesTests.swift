import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

@Suite struct AddCustomAttributesTests {
    @Test("users may have them at once, and clients' lists name them", arguments: TestEngine.allCases)
    func good(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            let before = try await schema(cognito)
            cognito.clock.advance(.seconds(60))
            let answer = await add(
                cognito,
                ["Name": "level", "AttributeDataType": "Number", "NumberAttributeConstraints": ["MaxValue": "9"]],
                ["Name": "note", "AttributeDataType": "String", "DeveloperOnlyAttribute": true],
                ["Name": "email", "AttributeDataType": "Boolean", "Mutable": false]
            )
            #expect(answer.refusal == nil && answer.json == .object([:]))
            let after = try await schema(cognito)
            #expect(Array(after.prefix(before.count)) == before)
            #expect(
                after.dropFirst(before.count).map { $0["Name"] } == [
                    .string("custom:level"), .string("dev:custom:note"), .string("custom:email"),
                ]
            )
            let described = try await cognito.ok(DescribeUserPool.self, ["UserPoolId": cognito.pool])
            #expect(described["UserPool.LastModifiedDate"] == .number(Double(cognito.clock.now.seconds)))
            try await cognito.setAttributes(["custom:level": "9", "dev:custom:note": "x"])
            #expect(try await cognito.user().attributes()["custom:level"] == "9")
            try await cognito.update(cognito.client, ["ReadAttributes": ["custom:level"]])
        }
    }

    static let bad: [([Members], String)] = [
        ([["AttributeDataType": "String"]], "Attribute name is missing."),
        (
            [["Name": "b"]],
            "Invalid AttributeDataType input, consider using the provided AttributeDataType enum."
        ),
        (
            [["Name": "b", "AttributeDataType": "String", "Required": true]],
            "Required custom attributes are not supported currently."
        ),
        (
            [["Name": "a", "AttributeDataType": "String"]],
            "custom:a: Existing attribute already has name custom:a."
        ),
        (
            [["Name": "b", "AttributeDataType": "String"], ["Name": "b", "AttributeDataType": "Number"]],
            "Duplicate custom attribute names custom:b are not allowed in a user pool schema."
        ),
        (
            [["Name": "b", "AttributeDataType": "Number", "NumberAttributeConstraints": ["MinValue": "x"]]],
            "Invalid NumberAttributeConstraints for schema attribute b"
        ),
        (
            [
                [
                    "Name": "email", "AttributeDataType": "String",
                    "StringAttributeConstraints": ["MinLength": "2", "MaxLength": "1"],
                ]
            ],
            "Attribute custom:email cannot have a max length shorter than it's min length"
        ),
    ]

    @Test("what can't be added leaves the schema as it was", arguments: bad)
    func refused(attributes: [Members], message: String) async throws {
        let first: [Members] = [["Name": "a", "AttributeDataType": "String"]]
        try await Cognito.run(pool: ["Schema": first]) { cognito in
            let before = try await schema(cognito)
            let good: Members = ["Name": "good", "AttributeDataType": "String"]
            let input: Members = ["UserPoolId": cognito.pool, "CustomAttributes": [good] + attributes]
            #expect(await cognito.call(AddCustomAttributes.self, input).refusal == .invalid(message))
            #expect(try await schema(cognito) == before)
        }
    }

    @Test("one to twenty-five at a time, fifty in all")
    func bounds() async throws {
        try await Cognito.run { cognito in
            func add(_ numbers: Range<Int>) async -> Refusal? {
                let attributes = numbers.map { ["Name": "a\($0)", "AttributeDataType": "String"] as Members }
                let input: Members = ["UserPoolId": cognito.pool, "CustomAttributes": attributes]
                return await cognito.call(AddCustomAttributes.self, input).refusal
            }
            for numbers in [0..<0, 0..<26] {
                #expect(await add(numbers)?.message.contains("at 'customAttributes' failed") == true)
            }
            #expect(await add(0..<25) == nil)
            #expect(await add(25..<50) == nil)
            #expect(await add(50..<51) == .invalid("Number of custom attributes exceeds 50."))
        }
    }

    @Test("of many at once none is lost", arguments: TestEngine.allCases)
    func concurrent(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let before = try await schema(cognito).count
            let answers = await concurrently(8) { number in
                await add(cognito, ["Name": "a\(number)", "AttributeDataType": "String"])
            }
            for answer in answers { #expect(try answer.get().refusal == nil) }
            #expect(try await schema(cognito).count == before + 8)
        }
    }

    private func add(_ cognito: Cognito, _ attributes: Members...) async -> Answer {
        await cognito.call(AddCustomAttributes.self, ["UserPoolId": cognito.pool, "CustomAttributes": attributes])
    }

    private func schema(_ cognito: Cognito) async throws -> [JSONValue] {
        try await cognito.ok(DescribeUserPool.self, ["UserPoolId": cognito.pool]).list("UserPool.SchemaAttributes")
    }
}
