import CognitoModel
import Testing
import UserPools

/// What CreateUserPool and UpdateUserPool refuse.
@Suite struct PoolSettingsTests {
    static func unavailable(_ feature: String) -> Refusal {
        Refusal(
            "FeatureUnavailableInTierException",
            "The following features need to be disabled for the LITE pricing tier configured: \(feature)"
        )
    }

    static func withoutThreatProtection(_ tier: String) -> Refusal {
        Refusal(
            "FeatureUnavailableInTierException",
            "The following features need to be disabled for the \(tier) pricing tier configured: Threat Protection"
        )
    }

    static let settings: [(Members, Refusal)] = [
        (
            [
                "Policies": ["PasswordPolicy": ["TemporaryPasswordValidityDays": 3]],
                "AdminCreateUserConfig": ["UnusedAccountValidityDays": 4],
            ],
            .invalid("Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays")
        ),
        (
            ["Policies": ["SignInPolicy": ["AllowedFirstAuthFactors": ["EMAIL_OTP"]]]],
            .invalid("Password should be configured as one of the allowed first auth factors.")
        ),
        (
            ["UserPoolTier": "LITE", "Policies": ["PasswordPolicy": ["PasswordHistorySize": 1]]],
            unavailable("Password History")
        ),
        (
            [
                "UserPoolTier": "LITE",
                "Policies": ["SignInPolicy": ["AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]]],
            ],
            unavailable("Passwordless Sign-In")
        ),
        (
            TokenFunction.settings("2").with(["UserPoolTier": "LITE"]),
            unavailable("Access Token Customization")
        ),
        (
            [
                "LambdaConfig": [
                    "PreTokenGeneration": "\(TokenFunction.arn)2",
                    "PreTokenGenerationConfig": ["LambdaVersion": "V1_0", "LambdaArn": TokenFunction.arn],
                ] as Members
            ],
            .invalid("PreTokenGeneration and PreTokenGenerationConfig must have the same Lambda ARN.")
        ),
        (["UserPoolAddOns": ["AdvancedSecurityMode": "ENFORCED"]], withoutThreatProtection("ESSENTIALS")),
        (
            ["UserPoolAddOns": ["AdvancedSecurityMode": "AUDIT"], "UserPoolTier": "LITE"],
            withoutThreatProtection("LITE")
        ),
        (
            [
                "AccountRecoverySetting": [
                    "RecoveryMechanisms": [
                        ["Name": "admin_only", "Priority": 1] as Members, ["Name": "verified_email", "Priority": 2],
                    ]
                ]
            ],
            .invalid("Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.")
        ),
        (
            [
                "AccountRecoverySetting": [
                    "RecoveryMechanisms": [
                        ["Name": "verified_phone_number", "Priority": 1] as Members,
                        ["Name": "verified_email", "Priority": 1],
                    ]
                ]
            ],
            .invalid("Account Recovery Setting cannot name a mechanism or a priority twice.")
        ),
        (
            [
                "AutoVerifiedAttributes": ["email"],
                "UserAttributeUpdateSettings": ["AttributesRequireVerificationBeforeUpdate": ["phone_number"]],
            ],
            .invalid("All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes")
        ),
        (
            ["EmailConfiguration": ["EmailSendingAccount": "DEVELOPER"]],
            .invalid("Source ARN is required to use DEVELOPER email sending owner")
        ),
        (
            ["EmailConfiguration": ["SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/example.com"]],
            Refusal("InvalidEmailRoleAccessPolicyException", "Cognito is not allowed to use your email identity")
        ),
    ]

    @Test("settings that don't go together, or aren't there yet", arguments: settings)
    func refused(settings: Members, refusal: Refusal) async throws {
        try await Cognito.run { cognito in
            let before = try await cognito.ok(DescribeUserPool.self, ["UserPoolId": cognito.pool])
            let created = await cognito.call(CreateUserPool.self, settings.with(["PoolName": "p"]))
            #expect(created.refusal == refusal)
            let updated = await cognito.call(UpdateUserPool.self, settings.with(["UserPoolId": cognito.pool]))
            #expect(updated.refusal == refusal)
            let after = try await cognito.ok(DescribeUserPool.self, ["UserPoolId": cognito.pool])
            #expect(after.json == before.json)
        }
    }

    static func string(_ name: String, _ low: String?, _ high: String?) -> Members {
        ["Name": name, "StringAttributeConstraints": ["MinLength": low, "MaxLength": high]]
    }

    static func number(_ name: String, _ low: String?, _ high: String?) -> Members {
        ["Name": name, "NumberAttributeConstraints": ["MinValue": low, "MaxValue": high]]
    }

    static let schemas: [([Members], String)] = [
        ([string("email", "x", nil)], "Invalid StringAttributeConstraints for schema attribute email"),
        ([string("email", nil, "1.5")], "Invalid StringAttributeConstraints for schema attribute email"),
        ([number("updated_at", "x", nil)], "Invalid NumberAttributeConstraints for schema attribute updated_at"),
        ([string("email", "9", "8")], "Attribute email cannot have a max length shorter than it's min length"),
        ([number("updated_at", "9", "8")], "Attribute updated_at cannot have a max value smaller than it's min value"),
        (
            [["Name": "email", "AttributeDataType": "Number"]],
            "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email"
        ),
        (
            [["Name": "email", "DeveloperOnlyAttribute": true]],
            "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email"
        ),
        ([["AttributeDataType": "String"]], "Attribute name is missing."),
        (
            [["Name": "level"]],
            "Invalid AttributeDataType input, consider using the provided AttributeDataType enum."
        ),
        (
            [["Name": "level", "AttributeDataType": "String", "Required": true]],
            "Required custom attributes are not supported currently."
        ),
        (
            [["Name": "a", "AttributeDataType": "String"], ["Name": "a", "AttributeDataType": "Number"]],
            "Duplicate custom attribute names custom:a are not allowed in a user pool schema."
        ),
    ]

    @Test("schemas that no user could have", arguments: schemas)
    func schema(schema: [Members], message: String) async throws {
        try await Cognito.run { cognito in
            let answer = await cognito.call(CreateUserPool.self, ["PoolName": "p", "Schema": schema])
            #expect(answer.refusal == .invalid(message))
        }
    }

    @Test("the longest name of a custom attribute, and one longer")
    func names() async throws {
        try await Cognito.run { cognito in
            for length in [20, 21] {
                let schema: [Members] = [
                    ["Name": String(repeating: "a", count: length), "AttributeDataType": "String"]
                ]
                let answer = await cognito.call(CreateUserPool.self, ["PoolName": "p", "Schema": schema])
                #expect((answer.refusal == nil) == (length == 20))
                #expect((answer.refusal?.code ?? "InvalidParameterException") == "InvalidParameterException")
            }
        }
    }

    @Test("fifty custom attributes, and one more")
    func count() async throws {
        try await Cognito.run { cognito in
            for count in [50, 51] {
                let schema: [Members] = (0..<count).map { ["Name": "a\($0)", "AttributeDataType": "String"] }
                let answer = await cognito.call(CreateUserPool.self, ["PoolName": "p", "Schema": schema])
                #expect((answer.refusal == nil) == (count == 50))
                #expect(answer.refusal.map { $0.message.contains("at 'schema' failed") } ?? true)
            }
        }
    }

    @Test("names and aliases exclude each other")
    func aliases() async throws {
        try await Cognito.run { cognito in
            let both: Members = ["PoolName": "p", "AliasAttributes": ["email"], "UsernameAttributes": ["email"]]
            let message = "Only one of the aliasAttributes or usernameAttributes can be set in a user pool."
            #expect(await cognito.call(CreateUserPool.self, both).refusal == .invalid(message))
        }
    }
}
