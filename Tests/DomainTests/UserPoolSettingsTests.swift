import CognitoModel
import Domain
import Testing

@Suite struct UserPoolSettingsTests {
    @Test("what a pool is without settings")
    func defaults() throws {
        let pool = try makePool().configuration
        #expect(pool.deletionProtection == .inactive)
        #expect(pool.mfaConfiguration == .off)
        #expect(pool.userPoolTier == .essentials)
        #expect(pool.emailConfiguration?.emailSendingAccount == .cognitoDefault)
        #expect(pool.adminCreateUserConfig?.allowAdminCreateUserOnly == false)
        #expect(pool.adminCreateUserConfig?.unusedAccountValidityDays == 7)
        #expect(pool.verificationMessageTemplate?.defaultEmailOption == .confirmWithCode)
        #expect(pool.policies?.signInPolicy?.allowedFirstAuthFactors == [.password])
        #expect(pool.policies?.passwordPolicy?.minimumLength == 8)
        #expect(pool.userPoolTags == [:])
        #expect(pool.lambdaConfig?.jsonBytes == Array("{}".utf8))
    }

    @Test("a password policy that is given has its own defaults")
    func passwordPolicy() throws {
        let policy = try makePool(#""Policies":{"PasswordPolicy":{"RequireNumbers":true}}"#)
            .configuration.policies?.passwordPolicy
        #expect(policy?.minimumLength == 6)
        #expect(policy?.requireNumbers == true)
        #expect(policy?.requireUppercase == false)
        #expect(policy?.temporaryPasswordValidityDays == 7)
    }

    @Test(
        "the days of a temporary password come from either place",
        arguments: [
            (#""AdminCreateUserConfig":{"UnusedAccountValidityDays":3}"#, 3),
            (#""Policies":{"PasswordPolicy":{"TemporaryPasswordValidityDays":4}}"#, 4),
            (
                #""Policies":{"PasswordPolicy":{"TemporaryPasswordValidityDays":5}},"AdminCreateUserConfig":{"UnusedAccountValidityDays":5}"#,
                5
            ),
            (
                #""Policies":{"PasswordPolicy":{"TemporaryPasswordValidityDays":0}},"AdminCreateUserConfig":{"UnusedAccountValidityDays":6}"#,
                6
            ),
            (#""Policies":{"PasswordPolicy":{}},"AdminCreateUserConfig":{"UnusedAccountValidityDays":6}"#, 6),
        ]
    )
    func temporaryPassword(settings: String, days: Int) throws {
        let pool = try makePool(settings)
        #expect(pool.passwordPolicy.temporaryPasswordValidityDays == days)
        #expect(pool.configuration.adminCreateUserConfig?.unusedAccountValidityDays == days)
    }

    @Test("an update forgets what it leaves out, but for tags and the registration of clients")
    func update() throws {
        var pool = try makePool(
            #""MfaConfiguration":"OPTIONAL","AutoVerifiedAttributes":["email"],"UserPoolTags":{"a":"b"},"DeletionProtection":"ACTIVE""#
        ).configuration
        let update = try RequestDecoder.request(
            UpdateUserPoolRequest.self,
            from: Array(#"{"UserPoolId":"us-east-1_aBcD12345"}"#.utf8)
        )
        try pool.apply(update)
        #expect(pool.mfaConfiguration == .off)
        #expect(pool.autoVerifiedAttributes == nil)
        #expect(pool.deletionProtection == .inactive)
        #expect(pool.userPoolTags == ["a": "b"])
    }

    @Test(
        "settings that don't go together",
        arguments: [
            (
                #""Policies":{"PasswordPolicy":{"TemporaryPasswordValidityDays":4}},"AdminCreateUserConfig":{"UnusedAccountValidityDays":5}"#,
                .conflictingTemporaryPasswordValidity
            ),
            (#""Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["EMAIL_OTP"]}}"#, .passwordFactorMissing),
            (
                #""UserPoolTier":"LITE","Policies":{"PasswordPolicy":{"PasswordHistorySize":1}}"#,
                .tierLacks(.passwordHistory)
            ),
            (
                #""UserPoolTier":"LITE","Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","EMAIL_OTP"]}}"#,
                .tierLacks(.choiceBasedSignIn)
            ),
            (
                #""UserAttributeUpdateSettings":{"AttributesRequireVerificationBeforeUpdate":["email"]}"#,
                .updateVerificationWithoutAutoVerification
            ),
            (#""MfaConfiguration":"ON""#, .unsupported(.mfaRequired)),
            (
                #""LambdaConfig":{"PreSignUp":"arn:aws:lambda:r:123456789012:function:f"}"#,
                .unsupported(.lambdaTriggers)
            ),
            (
                #""UserPoolAddOns":{"AdvancedSecurityMode":"ENFORCED"}"#,
                .threatProtectionUnavailable(tier: "ESSENTIALS")
            ),
            (
                #""VerificationMessageTemplate":{"DefaultEmailOption":"CONFIRM_WITH_LINK"}"#,
                .unsupported(.confirmationLinks)
            ),
        ] as [(String, PoolSettingsFailure)]
    )
    func conflicts(settings: String, failure: PoolSettingsFailure) {
        #expect(throws: failure) { try makePool(settings) }
    }

    @Test(
        "what goes together",
        arguments: [
            #""UserPoolTier":"LITE""#, #""LambdaConfig":{}"#, #""MfaConfiguration":"OPTIONAL""#,
            #""UserPoolTier":"LITE","Policies":{"PasswordPolicy":{"PasswordHistorySize":0}}"#,
            #""UserPoolTier":"PLUS","Policies":{"PasswordPolicy":{"PasswordHistorySize":24}}"#,
            #""AutoVerifiedAttributes":["email"],"UserAttributeUpdateSettings":{"AttributesRequireVerificationBeforeUpdate":["email"]}"#,
        ]
    )
    func accepted(settings: String) {
        #expect(throws: Never.self) { try makePool(settings) }
    }

    @Test("the pool's ARN")
    func arn() {
        #expect(
            UserPool.arn(id: "eu-west-1_a", region: "eu-west-1", accountID: "123456789012")
                == "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a"
        )
    }
}
