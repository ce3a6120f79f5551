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
        #expect(pool.keyConfiguration?.keyType == .awsOwnedKey)
        #expect(pool.issuerConfiguration?.type == .original)
        #expect(pool.accountRecoverySetting == nil)
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

    private static let everySetting = #"""
        "MfaConfiguration":"OPTIONAL","UserPoolTags":{"a":"b"},"DeletionProtection":"ACTIVE","UserPoolTier":"PLUS",
        "Policies":{"PasswordPolicy":{"MinimumLength":9},"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","EMAIL_OTP"]}},
        "AccountRecoverySetting":{"RecoveryMechanisms":[{"Priority":1,"Name":"admin_only"}]},
        "VerificationMessageTemplate":{"EmailSubject":"Hello"}
        """#

    private func update(_ pool: inout UserPoolType, _ settings: String = "") throws {
        let body = #"{"UserPoolId":"us-east-1_aBcD12345"\#(settings.isEmpty ? "" : "," + settings)}"#
        try pool.apply(try RequestDecoder.request(UpdateUserPoolRequest.self, from: Array(body.utf8)))
    }

    @Test("an update keeps what Cognito keeps of what it leaves out, and forgets the rest")
    func update() throws {
        let more = #","AutoVerifiedAttributes":["email"],"DeviceConfiguration":{"ChallengeRequiredOnNewDevice":true}"#
        var pool = try makePool(Self.everySetting + more).configuration
        try update(&pool)
        #expect(pool.mfaConfiguration == .optional)
        #expect(pool.deletionProtection == .active)
        #expect(pool.userPoolTags == ["a": "b"])
        #expect(pool.userPoolTier == .plus)
        #expect(pool.policies?.passwordPolicy?.minimumLength == 9)
        #expect(pool.policies?.signInPolicy?.allowedFirstAuthFactors == [.password, .emailOtp])
        #expect(pool.accountRecoverySetting?.recoveryMechanisms?.map(\.name) == [.adminOnly])
        #expect(pool.verificationMessageTemplate?.emailSubject == "Hello")
        #expect(pool.autoVerifiedAttributes == nil && pool.deviceConfiguration == nil)
    }

    @Test("either half of the policies is kept without the other")
    func halves() throws {
        var pool = try makePool(Self.everySetting).configuration
        try update(&pool, #""Policies":{"PasswordPolicy":{"MinimumLength":12}}"#)
        #expect(pool.policies?.signInPolicy?.allowedFirstAuthFactors == [.password, .emailOtp])
        try update(&pool, #""Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD"]}}"#)
        #expect(pool.policies?.signInPolicy?.allowedFirstAuthFactors == [.password])
        #expect(pool.policies?.passwordPolicy?.minimumLength == 12)
        try update(&pool, #""EmailVerificationMessage":"Take {####}""#)
        #expect(pool.verificationMessageTemplate?.emailMessage == "Take {####}")
        #expect(pool.verificationMessageTemplate?.emailSubject == "Hello")
    }

    @Test("what is kept has to go together with what is given")
    func together() throws {
        var pool = try makePool(Self.everySetting).configuration
        #expect(throws: PoolSettingsFailure.tierLacks(.choiceBasedSignIn)) {
            try update(&pool, #""UserPoolTier":"LITE""#)
        }
        pool = try makePool(
            #"""
            "AutoVerifiedAttributes":["email"],
            "UserAttributeUpdateSettings":{"AttributesRequireVerificationBeforeUpdate":["email"]}
            """#
        ).configuration
        #expect(throws: PoolSettingsFailure.updateVerificationWithoutAutoVerification) { try update(&pool) }
    }

    @Test(
        "who sends mail, and from where",
        arguments: [
            (#"{"EmailSendingAccount":"DEVELOPER"}"#, .emailSourceMissing),
            (#"{"EmailSendingAccount":"DEVELOPER","SourceArn":"ARN"}"#, nil),
            (#"{"EmailSendingAccount":"DEVELOPER","SourceArn":"ARN","From":"ada@example.com"}"#, nil),
            (#"{"EmailSendingAccount":"DEVELOPER","SourceArn":"ARN","From":"Ada L <ada@example.com>"}"#, nil),
            (#"{"EmailSendingAccount":"DEVELOPER","SourceArn":"ARN","From":"Ada"}"#, .invalidEmailSender),
            (#"{"EmailSendingAccount":"DEVELOPER","SourceArn":"ARN","From":"a@b.c <d>"}"#, .invalidEmailSender),
            (#"{"EmailSendingAccount":"COGNITO_DEFAULT","SourceArn":"ARN"}"#, .emailIdentityNotAllowed),
            (#"{"SourceArn":"ARN"}"#, .emailIdentityNotAllowed),
            (#"{"From":"ada@example.com"}"#, .emailSenderNotAllowed),
            (#"{"ReplyToEmailAddress":"ada@example.com"}"#, nil),
        ] as [(String, PoolSettingsFailure?)]
    )
    func email(settings: String, expected: PoolSettingsFailure?) {
        let arn = "arn:aws:ses:us-east-1:123456789012:identity/example.com"
        let failure = failure(of: PoolSettingsFailure.self) {
            _ = try makePool("\"EmailConfiguration\":\(settings.replacing("ARN", with: arn))")
        }
        #expect(failure == expected)
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
            (
                #""UserPoolTier":"LITE","LambdaConfig":{"PreTokenGenerationConfig":{"LambdaVersion":"V2_0","LambdaArn":"arn:aws:lambda:r:123456789012:function:f"}}"#,
                .tierLacks(.accessTokenCustomization)
            ),
            (
                #""LambdaConfig":{"PreTokenGeneration":"arn:aws:lambda:r:123456789012:function:g","PreTokenGenerationConfig":{"LambdaVersion":"V2_0","LambdaArn":"arn:aws:lambda:r:123456789012:function:f"}}"#,
                .differentTokenFunctions
            ),
            (
                #""UserPoolAddOns":{"AdvancedSecurityMode":"ENFORCED"}"#,
                .threatProtectionUnavailable(tier: "ESSENTIALS")
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
