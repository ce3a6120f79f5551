import CognitoModel
import Domain

/// The responses of GetUserPoolMfaConfig and SetUserPoolMfaConfig: they have the same members.
protocol MFAConfigurationResponse {
    init(
        smsMfaConfiguration: SmsMfaConfigType?,
        softwareTokenMfaConfiguration: SoftwareTokenMfaConfigType?,
        emailMfaConfiguration: EmailMfaConfigType?,
        mfaConfiguration: UserPoolMfaType?,
        webAuthnConfiguration: WebAuthnConfigurationType?
    )
}

extension MFAConfigurationResponse {
    /// A pool's second factors: one that asks for none shows none.
    init(_ pool: UserPool) {
        let mode = pool.configuration.mfaConfiguration ?? .off
        let sms = pool.configuration.smsConfiguration.map {
            SmsMfaConfigType(
                smsAuthenticationMessage: pool.configuration.smsAuthenticationMessage,
                smsConfiguration: $0
            )
        }
        self.init(
            smsMfaConfiguration: mode == .off ? nil : sms,
            softwareTokenMfaConfiguration: mode == .off ? nil : pool.mfa.softwareToken,
            emailMfaConfiguration: mode == .off ? nil : pool.mfa.email,
            mfaConfiguration: mode,
            webAuthnConfiguration: pool.mfa.webAuthn
        )
    }
}

extension GetUserPoolMfaConfigResponse: MFAConfigurationResponse {}
extension SetUserPoolMfaConfigResponse: MFAConfigurationResponse {}

extension User {
    /// `MFAOptions`: what it says of texts, from before there were other factors.
    var shownMFAOptions: [MFAOptionType]? {
        guard factors.enabled.contains(.sms) else { return nil }
        return [MFAOptionType(deliveryMedium: .sms, attributeName: "phone_number")]
    }

    /// `ConfiguredUserAuthFactors`: what the user can sign in by in the pool, first factors before second.
    func configuredFactors(in pool: UserPool) -> [AuthFactorType] {
        let first = FirstFactors.available(to: self, in: pool).map { AuthFactorType(rawValue: $0.rawValue) }
        let second: [(SecondFactor, AuthFactorType)] = [
            (.sms, .smsOtp), (.softwareToken, .softwareToken), (.email, .emailOtp),
        ]
        let taken = second.filter { canTake($0.0, in: pool) }.map(\.1)
        let known = first.filter { AuthFactorType.allValues.contains($0.rawValue) }
        return known + taken.filter { !known.contains($0) }
    }

    /// `UserMFASettingList`: nil where no factor is turned on.
    var shownFactors: [String]? { factors.enabled.isEmpty ? nil : factors.enabled.map(\.rawValue) }
}
