import CognitoModel
import Domain

extension UserPool {
    /// Second factors as the API shows them: a pool that asks for none shows none.
    struct ShownMFA {
        var mode: UserPoolMfaType
        var sms: SmsMfaConfigType?
        var softwareToken: SoftwareTokenMfaConfigType?
        var email: EmailMfaConfigType?
        var webAuthn: WebAuthnConfigurationType?
    }

    var shownMFA: ShownMFA {
        var shown = ShownMFA(mode: configuration.mfaConfiguration ?? .off, webAuthn: mfa.webAuthn)
        guard shown.mode != .off else { return shown }
        shown.sms = configuration.smsConfiguration.map {
            SmsMfaConfigType(
                smsAuthenticationMessage: configuration.smsAuthenticationMessage,
                smsConfiguration: $0
            )
        }
        shown.softwareToken = mfa.softwareToken
        shown.email = mfa.email
        return shown
    }
}

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
