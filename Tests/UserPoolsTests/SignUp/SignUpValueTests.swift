import CognitoModel
import Testing
import UserPools

/// The passwords and attributes with which a user can sign up.
@Suite struct SignUpValueTests {
    @Test(
        "the first rule of the policy that a password breaks is told",
        arguments: [
            ("Aa1!xyz", "Password not long enough"), ("aa1!wxyz", "Password must have uppercase characters"),
            ("AA1!WXYZ", "Password must have lowercase characters"),
            ("Aaa!wxyz", "Password must have numeric characters"),
            ("Aaa1wxyz", "Password must have symbol characters"), ("Aa1!wxyz", nil),
        ] as [(String, String?)]
    )
    func policy(password: String, rule: String?) async throws {
        try await Cognito.run(pool: ["Policies": nil as String?]) { cognito in
            let answer = await signUp(cognito, ["Password": password])
            #expect(answer.refusal == rule.map(Refusal.password))
        }
    }

    @Test("a password may be left out where a code lets users in, and only there", arguments: [true, false])
    func passwordless(isAllowed: Bool) async throws {
        let factors = isAllowed ? ["PASSWORD", "EMAIL_OTP"] : ["PASSWORD"]
        try await Cognito.run(pool: ["Policies": ["SignInPolicy": ["AllowedFirstAuthFactors": factors]]]) { cognito in
            let answer = await signUp(cognito, ["Password": nil as String?])
            let message = "Value at 'password' failed to satisfy constraint: Member must not be null"
            #expect(answer.refusal == (isAllowed ? nil : .invalid("1 validation error detected: \(message)")))
        }
    }

    @Test("what breaks the model's constraints is told all at once, before anything is looked up")
    func constraints() async throws {
        try await Cognito.run { cognito in
            let answer = await cognito.call(
                SignUp.self,
                ["ClientId": "no client", "Username": "", "Password": String(repeating: "x", count: 257)]
            )
            let refusal = try #require(answer.refusal)
            #expect(refusal.code == "InvalidParameterException")
            #expect(refusal.message.hasPrefix("4 validation errors detected: "))
            for member in ["clientId", "username", "password"] { #expect(refusal.message.contains("at '\(member)'")) }
            #expect(!refusal.message.contains("xxx"))
        }
    }

    static let badAttributes: [(String, String, Refusal)] = [
        ("shoe_size", "43", .schema("shoe_size: Attribute does not exist in the schema.")),
        ("email", "ada", .invalid("Invalid email address format.")),
        ("phone_number", "12345", .invalid("Invalid phone number format.")),
        ("sub", "x", .immutable("sub")),
        ("identities", "x", .immutable("identities")),
        ("email_verified", "true", .unwritable),
        ("phone_number_verified", "true", .unwritable),
        ("dev:custom:secret", "x", .unwritable),
        ("birthdate", "1815", .schema("birthdate: String must be longer than or equal to 10 characters")),
        ("birthdate", "1815-12-10T", .schema("birthdate: String must be no longer than 10 characters")),
        ("updated_at", "-1", .schema("updated_at: Number must be greater than or equal to 0")),
        ("updated_at", "soon", .schema("updated_at: Attribute value must be a number.")),
        ("custom:level", "11", .schema("custom:level: Number must be less than or equal to 10")),
        ("custom:member", "yes", .schema("custom:member: Attribute value must be a boolean.")),
        ("custom:since", "May", .schema("custom:since: Attribute value must be a time in seconds since 1970.")),
        ("name", String(repeating: "é", count: 1025), .schema("name: Attribute value is longer than 2048 bytes.")),
    ]

    static let schema: [Members] = [
        [
            "Name": "level", "AttributeDataType": "Number",
            "NumberAttributeConstraints": ["MinValue": "1", "MaxValue": "10"],
        ],
        ["Name": "member", "AttributeDataType": "Boolean"],
        ["Name": "since", "AttributeDataType": "DateTime"],
        ["Name": "secret", "AttributeDataType": "String", "DeveloperOnlyAttribute": true],
    ]

    @Test("attributes that a user can't have", arguments: badAttributes)
    func badAttribute(name: String, value: String, refusal: Refusal) async throws {
        try await Cognito.run(pool: ["Schema": Self.schema]) { cognito in
            let answer = await signUp(cognito, ["UserAttributes": attributes([name: value])])
            #expect(answer.refusal == refusal)
        }
    }

    @Test("truth values are taken in any case and kept in lower case", arguments: ["True", "TRUE", "true"])
    func booleans(value: String) async throws {
        try await Cognito.run(pool: ["Schema": Self.schema]) { cognito in
            _ = await signUp(cognito, ["UserAttributes": attributes(["custom:member": value])])
            let user = try await cognito.user()
            #expect(user.attributes()["custom:member"] == "true")
        }
    }

    @Test("every required attribute is asked for")
    func required() async throws {
        let schema: [Members] = ["email", "name"].map { ["Name": $0, "Required": true] }
        try await Cognito.run(pool: ["Schema": schema]) { cognito in
            let answer = await signUp(cognito, ["UserAttributes": attributes(["nickname": "a"])])
            #expect(answer.refusal == .schema("email: The attribute is required", "name: The attribute is required"))
        }
    }

    @Test("a client writes the attributes of its list alone")
    func writable() async throws {
        try await Cognito.run(client: ["WriteAttributes": ["email"]]) { cognito in
            let answer = await signUp(cognito, ["UserAttributes": attributes(["email": "a@b.c", "name": "Ada"])])
            #expect(answer.refusal == .unwritable)
            #expect(await signUp(cognito, ["UserAttributes": attributes(["email": "a@b.c"])]).refusal == nil)
        }
    }

    private func signUp(_ cognito: Cognito, _ more: Members) async -> Answer {
        let basis: Members = ["ClientId": cognito.client.id, "Username": "ada", "Password": Cognito.password]
        return await cognito.call(SignUp.self, basis.with(more))
    }
}
