import CognitoModel
import Domain

extension MFAPreferences {
    /// The settings of a request.
    init(
        sms: SMSMfaSettingsType?,
        softwareToken: SoftwareTokenMfaSettingsType?,
        email: EmailMfaSettingsType?,
        webAuthn: WebAuthnMfaSettingsType?
    ) {
        var settings: [SecondFactor: Setting] = [:]
        settings[.sms] = sms.map { Setting(isOn: $0.enabled, isPreferred: $0.preferredMfa) }
        settings[.softwareToken] = softwareToken.map { Setting(isOn: $0.enabled, isPreferred: $0.preferredMfa) }
        settings[.email] = email.map { Setting(isOn: $0.enabled, isPreferred: $0.preferredMfa) }
        self.init(settings, passkeys: webAuthn?.enabled)
    }
}
