package import CognitoModel

/// What CreateUserPool and UpdateUserPool both set. A setting that an update leaves out has its default afterwards, but
/// for those that `apply` keeps: Cognito does either, by no rule.
package protocol UserPoolSettings {
    var policies: UserPoolPolicyType? { get }
    var deletionProtection: DeletionProtectionType? { get }
    var lambdaConfig: LambdaConfigType? { get }
    var autoVerifiedAttributes: [VerifiedAttributeType]? { get }
    var smsVerificationMessage: String? { get }
    var emailVerificationMessage: String? { get }
    var emailVerificationSubject: String? { get }
    var verificationMessageTemplate: VerificationMessageTemplateType? { get }
    var smsAuthenticationMessage: String? { get }
    var mfaConfiguration: UserPoolMfaType? { get }
    var userAttributeUpdateSettings: UserAttributeUpdateSettingsType? { get }
    var deviceConfiguration: DeviceConfigurationType? { get }
    var emailConfiguration: EmailConfigurationType? { get }
    var smsConfiguration: SmsConfigurationType? { get }
    var userPoolTags: [String: String]? { get }
    var adminCreateUserConfig: AdminCreateUserConfigType? { get }
    var userPoolAddOns: UserPoolAddOnsType? { get }
    var dcrConfiguration: DcrConfigurationType? { get }
    var accountRecoverySetting: AccountRecoverySettingType? { get }
    var userPoolTier: UserPoolTierType? { get }
    var keyConfiguration: KeyConfigurationType? { get }
    var issuerConfiguration: IssuerConfigurationType? { get }
    var acrConfiguration: [String: AcrLevelConfigType]? { get }
}

extension CreateUserPoolRequest: UserPoolSettings {}
extension UpdateUserPoolRequest: UserPoolSettings {}

extension UserPoolType {
    /// Takes over the settings. Throws `PoolSettingsFailure` for what doesn't go together.
    package mutating func apply(_ settings: some UserPoolSettings) throws {
        try UserPoolType.check(settings)
        policies = UserPoolPolicyType(
            passwordPolicy: passwordPolicy(settings),
            signInPolicy: settings.policies?.signInPolicy ?? policies?.signInPolicy
                ?? SignInPolicyType(allowedFirstAuthFactors: [.password])
        )
        deletionProtection = settings.deletionProtection ?? deletionProtection ?? .inactive
        lambdaConfig = settings.lambdaConfig ?? LambdaConfigType()
        autoVerifiedAttributes = settings.autoVerifiedAttributes
        applyVerificationMessages(settings)
        smsAuthenticationMessage = settings.smsAuthenticationMessage
        mfaConfiguration = settings.mfaConfiguration ?? mfaConfiguration ?? .off
        userAttributeUpdateSettings =
            settings.userAttributeUpdateSettings ?? userAttributeUpdateSettings
            ?? UserAttributeUpdateSettingsType(attributesRequireVerificationBeforeUpdate: [])
        deviceConfiguration = settings.deviceConfiguration
        var email = settings.emailConfiguration ?? EmailConfigurationType()
        email.emailSendingAccount = email.emailSendingAccount ?? .cognitoDefault
        emailConfiguration = email
        smsConfiguration = settings.smsConfiguration
        userPoolTags = settings.userPoolTags ?? userPoolTags ?? [:]
        var adminConfig = settings.adminCreateUserConfig ?? AdminCreateUserConfigType()
        adminConfig.allowAdminCreateUserOnly = adminConfig.allowAdminCreateUserOnly ?? false
        adminConfig.unusedAccountValidityDays = policies?.passwordPolicy?.temporaryPasswordValidityDays
        adminCreateUserConfig = adminConfig
        userPoolAddOns = settings.userPoolAddOns
        dcrConfiguration = settings.dcrConfiguration ?? dcrConfiguration
        accountRecoverySetting = settings.accountRecoverySetting ?? accountRecoverySetting
        userPoolTier = settings.userPoolTier ?? userPoolTier ?? .essentials
        keyConfiguration = settings.keyConfiguration ?? KeyConfigurationType(keyType: .awsOwnedKey)
        issuerConfiguration = settings.issuerConfiguration ?? IssuerConfigurationType(type: .original)
        acrConfiguration = try authenticationLevels(settings.acrConfiguration)
        try checkTogether()
        try checkThreatProtection()
    }

    /// Threat protection is for pools of the PLUS plan.
    private func checkThreatProtection() throws {
        let mode = userPoolAddOns?.advancedSecurityMode ?? .off
        let tier = userPoolTier ?? .essentials
        guard mode == .off || tier == .plus else {
            throw PoolSettingsFailure.threatProtectionUnavailable(tier: tier.rawValue)
        }
    }

    /// The texts that carry a code; the three of an earlier time stand in the template too.
    private mutating func applyVerificationMessages(_ settings: some UserPoolSettings) {
        let given = settings.verificationMessageTemplate
        var template = given ?? verificationMessageTemplate ?? VerificationMessageTemplateType()
        template.smsMessage = given?.smsMessage ?? settings.smsVerificationMessage ?? template.smsMessage
        template.emailMessage = given?.emailMessage ?? settings.emailVerificationMessage ?? template.emailMessage
        template.emailSubject = given?.emailSubject ?? settings.emailVerificationSubject ?? template.emailSubject
        template.defaultEmailOption = template.defaultEmailOption ?? .confirmWithCode
        verificationMessageTemplate = template
        smsVerificationMessage = template.smsMessage
        emailVerificationMessage = template.emailMessage
        emailVerificationSubject = template.emailSubject
    }

    /// Without a policy a new pool asks for eight characters of all four kinds.
    private func passwordPolicy(_ settings: some UserPoolSettings) -> PasswordPolicyType {
        let unusedDays = settings.adminCreateUserConfig?.unusedAccountValidityDays
        guard let policy = settings.policies?.passwordPolicy else {
            if var kept = policies?.passwordPolicy {
                kept.temporaryPasswordValidityDays = unusedDays ?? kept.temporaryPasswordValidityDays
                return kept
            }
            return PasswordPolicyType(
                minimumLength: 8,
                requireUppercase: true,
                requireLowercase: true,
                requireNumbers: true,
                requireSymbols: true,
                temporaryPasswordValidityDays: unusedDays ?? 7
            )
        }
        return PasswordPolicyType(
            minimumLength: policy.minimumLength ?? 6,
            requireUppercase: policy.requireUppercase ?? false,
            requireLowercase: policy.requireLowercase ?? false,
            requireNumbers: policy.requireNumbers ?? false,
            requireSymbols: policy.requireSymbols ?? false,
            passwordHistorySize: policy.passwordHistorySize,
            temporaryPasswordValidityDays: policy.givenTemporaryPasswordValidityDays ?? unusedDays ?? 7
        )
    }

    private static func check(_ settings: some UserPoolSettings) throws {
        let policy = settings.policies?.passwordPolicy
        if let days = policy?.givenTemporaryPasswordValidityDays,
            let unused = settings.adminCreateUserConfig?.unusedAccountValidityDays, days != unused
        {
            throw PoolSettingsFailure.conflictingTemporaryPasswordValidity
        }
    }

    /// What is checked of the whole: what was given, with what is kept.
    private func checkTogether() throws {
        let factors = policies?.signInPolicy?.allowedFirstAuthFactors
        if let factors, !factors.contains(.password) {
            throw PoolSettingsFailure.passwordFactorMissing
        }
        if userPoolTier == .lite {
            if policies?.passwordPolicy?.passwordHistorySize ?? 0 > 0 {
                throw PoolSettingsFailure.tierLacks(.passwordHistory)
            }
            if let factors, factors != [.password] { throw PoolSettingsFailure.tierLacks(.choiceBasedSignIn) }
        }
        try lambdaConfig?.checkTokenFunction(tier: userPoolTier)
        // AttributesRequireVerificationBeforeUpdate may name auto-verified attributes only.
        let required = userAttributeUpdateSettings?.attributesRequireVerificationBeforeUpdate ?? []
        guard required.allSatisfy((autoVerifiedAttributes ?? []).contains) else {
            throw PoolSettingsFailure.updateVerificationWithoutAutoVerification
        }
        try checkMessages()
        try emailConfiguration?.check()
        try accountRecoverySetting?.check()
    }
}

extension PasswordPolicyType {
    /// Zero counts as not given.
    fileprivate var givenTemporaryPasswordValidityDays: Int? {
        temporaryPasswordValidityDays == 0 ? nil : temporaryPasswordValidityDays
    }
}
