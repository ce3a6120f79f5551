import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// SetUserPoolMfaConfig and GetUserPoolMfaConfig, and what CreateUserPool and UpdateUserPool say of the same.
@Suite struct PoolMFATests {
    static let arn = "arn:aws:iam::123456789012:role/sms"

    @Test("what was set is shown, and survives", arguments: TestEngine.allCases)
    func good(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.mailing) { cognito in
            #expect(try await shown(cognito) == .object(["MfaConfiguration": .string("OFF")]))
            let input: Members = [
                "UserPoolId": cognito.pool, "MfaConfiguration": "OPTIONAL",
                "SmsMfaConfiguration": [
                    "SmsAuthenticationMessage": "Code {####}", "SmsConfiguration": Cognito.smsSender,
                ] as Members,
                "SoftwareTokenMfaConfiguration": ["Enabled": true] as Members,
                "EmailMfaConfiguration": ["Message": "It is {####}", "Subject": "Yours"] as Members,
                "WebAuthnConfiguration": ["RelyingPartyId": "example.com", "UserVerification": "required"] as Members,
            ]
            let expected: JSONValue = .object([
                "MfaConfiguration": .string("OPTIONAL"),
                "SmsMfaConfiguration": .object([
                    "SmsAuthenticationMessage": .string("Code {####}"),
                    "SmsConfiguration": .object(["SnsCallerArn": .string(Self.arn)]),
                ]),
                "SoftwareTokenMfaConfiguration": .object(["Enabled": .boolean(true)]),
                "EmailMfaConfiguration": .object(["Message": .string("It is {####}"), "Subject": .string("Yours")]),
                "WebAuthnConfiguration": .object([
                    "RelyingPartyId": .string("example.com"), "UserVerification": .string("required"),
                ]),
            ])
            #expect(try await cognito.ok(SetUserPoolMfaConfig.self, input).json == expected)
            #expect(try await shown(cognito) == expected)
            let pool = try await cognito.ok(DescribeUserPool.self, ["UserPoolId": cognito.pool])
            #expect(pool.string("UserPool.MfaConfiguration") == "OPTIONAL")
            #expect(pool.string("UserPool.SmsConfiguration.SnsCallerArn") == Self.arn)
            #expect(pool.string("UserPool.SmsAuthenticationMessage") == "Code {####}")
            // The mode alone, or passkeys alone, leave the factors as they are.
            #expect(await cognito.setMFA("ON").string("SmsMfaConfiguration.SmsAuthenticationMessage") == "Code {####}")
            let update = Cognito.mailing.with([
                "UserPoolId": cognito.pool, "MfaConfiguration": "ON", "SmsConfiguration": Cognito.smsSender,
            ])
            try await cognito.ok(UpdateUserPool.self, update)
            let kept = try await cognito.ok(SetUserPoolMfaConfig.self, ["UserPoolId": cognito.pool])
            #expect(kept.string("EmailMfaConfiguration.Subject") == "Yours")
            // Off shows none of them, and passkeys all the same.
            let off = await cognito.setMFA("OFF")
            #expect(off["SmsMfaConfiguration"] == nil && off["EmailMfaConfiguration"] == nil)
            #expect(off["SoftwareTokenMfaConfiguration"] == nil && off["WebAuthnConfiguration"] != nil)
            #expect(try await shown(cognito) == off.json)
        }
    }

    @Test("factors that are left out are turned off")
    func leftOut() async throws {
        try await Cognito.run(pool: Cognito.mailing) { cognito in
            #expect(await cognito.setMFA("ON", "totp email").refusal == nil)
            let less = await cognito.setMFA("ON", "totp")
            #expect(less["EmailMfaConfiguration"] == nil && less["SoftwareTokenMfaConfiguration"] != nil)
        }
    }

    @Test(
        "what doesn't go together is refused, and nothing is changed",
        arguments: [
            ("OFF", "sms", "", Refusal.offWithFactor), ("OFF", "totp", "", .offWithFactor),
            ("OFF", "email", "", .offWithFactor), ("ON", "", "", .noFactor), ("OPTIONAL", "", "", .noFactor),
            ("ON", "totp", "sms", .smsStays), ("ON", "off", "", .noFactor),
            (
                "ON", "email", "COGNITO_DEFAULT",
                .invalid(
                    "Email MFA needs an EmailConfiguration with the "
                        + "EmailSendingAccount DEVELOPER."
                )
            ),
            (
                "ON", "email", "recovery",
                .invalid(
                    "Email MFA can't be used where verified_email is the only account "
                        + "recovery mechanism."
                )
            ),
        ]
    )
    func refused(mode: String, factors: String, pool: String, refusal: Refusal) async throws {
        var settings = pool == "COGNITO_DEFAULT" ? Cognito.choice : Cognito.mailing
        if pool == "sms" { settings["SmsConfiguration"] = Cognito.smsSender }
        if pool == "recovery" {
            let option: Members = ["Priority": 1, "Name": "verified_email"]
            settings["AccountRecoverySetting"] = ["RecoveryMechanisms": [option]] as Members
        }
        try await Cognito.run(pool: settings) { cognito in
            var input: Members = ["UserPoolId": cognito.pool, "MfaConfiguration": mode]
            if factors == "off" {
                input["SoftwareTokenMfaConfiguration"] = ["Enabled": false] as Members
                #expect(await cognito.call(SetUserPoolMfaConfig.self, input).refusal == refusal)
            } else {
                #expect(await cognito.setMFA(mode, factors).refusal == refusal)
            }
            let after = try await shown(cognito)
            #expect(after == .object(["MfaConfiguration": .string("OFF")]))
        }
    }

    @Test("texts need who sends them")
    func sender() async throws {
        try await Cognito.run { cognito in
            let input: Members = [
                "UserPoolId": cognito.pool, "MfaConfiguration": "ON",
                "SmsMfaConfiguration": ["SmsAuthenticationMessage": "Code {####}"] as Members,
            ]
            #expect(await cognito.call(SetUserPoolMfaConfig.self, input).refusal == .smsMissing)
        }
    }

    @Test("the lite tier has neither codes by mail nor passkeys as a second factor")
    func tier() async throws {
        var settings = Cognito.mailing
        settings["UserPoolTier"] = "LITE"
        settings["Policies"] = nil as String?
        let client: Members = ["ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]]
        try await Cognito.run(pool: settings, client: client) { cognito in
            #expect(await cognito.setMFA("ON", "email").refusal?.code == "FeatureUnavailableInTierException")
            let passkeys = [
                "RelyingPartyId": "a.example", "FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION",
            ]
            let input: Members = ["UserPoolId": cognito.pool, "WebAuthnConfiguration": passkeys]
            let refusal = await cognito.call(SetUserPoolMfaConfig.self, input).refusal
            #expect(refusal?.code == "FeatureUnavailableInTierException")
            #expect(await cognito.setMFA("ON", "totp").refusal == nil)
        }
    }

    @Test("a new pool may ask for a factor where it can send texts", arguments: ["ON", "OPTIONAL"])
    func create(mode: String) async throws {
        let name: Members = ["PoolName": "test", "MfaConfiguration": mode]
        try await Cognito.run { cognito in
            #expect(await cognito.call(CreateUserPool.self, name).refusal == .smsMissing)
            let input = name.with(["SmsConfiguration": Cognito.smsSender])
            let pool = try await cognito.ok(CreateUserPool.self, input)
            #expect(pool.string("UserPool.MfaConfiguration") == mode)
            let named: Members = ["UserPoolId": try pool.text("UserPool.Id")]
            let shown = try await cognito.ok(GetUserPoolMfaConfig.self, named)
            #expect(shown.string("SmsMfaConfiguration.SmsConfiguration.SnsCallerArn") == Self.arn)
            #expect(
                await cognito.call(UpdateUserPool.self, named.with(["MfaConfiguration": mode])).refusal == .smsMissing
            )
            // Another factor is enough for an update.
            let update: Members = ["UserPoolId": cognito.pool, "MfaConfiguration": mode]
            #expect(await cognito.call(UpdateUserPool.self, update).refusal == .smsMissing)
            #expect(await cognito.setMFA(mode, "totp").refusal == nil)
            #expect(await cognito.call(UpdateUserPool.self, update).refusal == nil)
        }
    }

    @Test("there must be such a pool, and it must be the caller's")
    func pools() async throws {
        try await Cognito.run { cognito in
            let unknown: Members = ["UserPoolId": "us-east-1_Unknown01", "MfaConfiguration": "OFF"]
            #expect(await cognito.call(SetUserPoolMfaConfig.self, unknown).refusal == .noPool("us-east-1_Unknown01"))
            #expect(await cognito.call(GetUserPoolMfaConfig.self, unknown).refusal == .noPool("us-east-1_Unknown01"))
            let elsewhere = await cognito.call(
                GetUserPoolMfaConfig.self,
                ["UserPoolId": cognito.pool],
                from: .otherRegion
            )
            #expect(elsewhere.refusal == .noPool(cognito.pool))
        }
    }

    private func shown(_ cognito: Cognito) async throws -> JSONValue? {
        try await cognito.ok(GetUserPoolMfaConfig.self, ["UserPoolId": cognito.pool]).json
    }
}

extension Refusal {
    static let offWithFactor =
        invalid("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.")
    static let noFactor = invalid(
        "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration."
    )
    static let smsStays = invalid("Can't turn off SMS_MFA when SMS configuration is set for the user pool")
    static let smsMissing = invalid(
        "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"
    )
}
