package import CognitoModel

/// What SetUserPoolMfaConfig sets beside what CreateUserPool sets too: it stands in no description of a pool.
package struct MFASettings: Sendable, JSONDecodable, JSONEncodable {
    /// As it was given: nil isn't shown.
    package var softwareToken: SoftwareTokenMfaConfigType?
    /// The mail that carries a code; nil where the pool has no such factor.
    package var email: EmailMfaConfigType?
    package var webAuthn: WebAuthnConfigurationType?

    package init() {}

    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        softwareToken = try members.ifPresent("softwareToken")
        email = try members.ifPresent("email")
        webAuthn = try members.ifPresent("webAuthn")
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("softwareToken", softwareToken)
        json.member("email", email)
        json.member("webAuthn", webAuthn)
        json.endObject()
    }

    /// The second factors that a pool of these settings and that configuration has.
    func factors(with configuration: UserPoolType) -> [SecondFactor] {
        guard configuration.mfaConfiguration ?? .off != .off else { return [] }
        return SecondFactor.allCases.filter { factor in
            switch factor {
            case .sms: configuration.hasSMS
            case .softwareToken: softwareToken?.enabled == true
            case .email: email != nil
            }
        }
    }

    /// Throws `MFASettingsFailure` where the pool is to ask for a second factor, and has none.
    package func check(with configuration: UserPoolType) throws(MFASettingsFailure) {
        guard configuration.mfaConfiguration ?? .off == .off || !factors(with: configuration).isEmpty else {
            throw .smsConfigurationMissing
        }
    }
}

/// Why a pool can't ask for second factors so.
package enum MFASettingsFailure: Error, Hashable, Sendable {
    /// A factor is configured for a pool that asks for none.
    case factorWhileOff
    /// The pool asks for a factor, and has none.
    case noFactor
    /// As above, of a pool that only text messages could serve: other factors are set apart.
    case smsConfigurationMissing
    /// A pool that can send text messages has them as a factor.
    case smsCannotBeTurnedOff
    /// Codes by mail aren't sent by Cognito's own account.
    case emailNeedsSender
    /// The mail address can't be both a factor and all that a forgotten password is recovered by.
    case emailIsOnlyRecovery
    case unavailableInTier
}

extension UserPoolType {
    /// Whether the pool can send text messages.
    fileprivate var hasSMS: Bool { smsConfiguration != nil }

    /// Takes over what SetUserPoolMfaConfig sets, here and in the settings. Factors that are left out are turned off.
    /// Throws `MFASettingsFailure` for what doesn't go together.
    package mutating func apply(
        _ request: SetUserPoolMfaConfigRequest,
        to settings: inout MFASettings
    ) throws(MFASettingsFailure) {
        let mode = request.mfaConfiguration ?? mfaConfiguration ?? .off
        if let webAuthn = request.webAuthnConfiguration {
            guard userPoolTier != .lite || webAuthn.factorConfiguration ?? .singleFactor == .singleFactor else {
                throw .unavailableInTier
            }
            settings.webAuthn = webAuthn
        }
        let namesFactor =
            request.smsMfaConfiguration != nil || request.softwareTokenMfaConfiguration?.enabled == true
            || request.emailMfaConfiguration != nil
        if mode == .off {
            guard !namesFactor else { throw .factorWhileOff }
            mfaConfiguration = .off
            settings.softwareToken = nil
            settings.email = nil
            return
        }
        // Who names the mode alone, or the passkeys' configuration, leaves the factors as they are.
        if namesFactor || request.softwareTokenMfaConfiguration != nil {
            if let sms = request.smsMfaConfiguration {
                smsConfiguration = sms.smsConfiguration ?? smsConfiguration
                smsAuthenticationMessage = sms.smsAuthenticationMessage
                guard hasSMS else { throw .smsConfigurationMissing }
            } else if hasSMS {
                throw .smsCannotBeTurnedOff
            }
            settings.softwareToken = request.softwareTokenMfaConfiguration
            settings.email = request.emailMfaConfiguration
        }
        mfaConfiguration = mode
        guard !settings.factors(with: self).isEmpty else { throw .noFactor }
        if settings.email != nil { try checkEmailFactor() }
    }

    private func checkEmailFactor() throws(MFASettingsFailure) {
        guard userPoolTier != .lite else { throw .unavailableInTier }
        guard emailConfiguration?.emailSendingAccount == .developer else { throw .emailNeedsSender }
        guard accountRecoverySetting?.recoveryMechanisms?.map(\.name) != [.verifiedEmail] else {
            throw .emailIsOnlyRecovery
        }
    }
}
