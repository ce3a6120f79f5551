package import CognitoModel
package import Domain
import Operations

/// What second factors are refused with, in Cognito's words.
extension FactorFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .softwareTokenUnavailable:
            CognitoError(.softwareTokenMFANotFound, "Software Token MFA has not been enabled by the userPool")
        case .softwareTokenNotSetUp: .invalidParameter("User has not set up software token mfa")
        case .softwareTokenNotVerified: .invalidParameter("User has not verified software token mfa")
        case .wrongFirstCode:
            CognitoError(.enableSoftwareTokenMFA, "Code mismatch and fail enable Software Token MFA")
        case .tokenNameTooLong(let limit): .invalidParameter("FriendlyDeviceName is longer than \(limit) bytes.")
        case .cannotTurnOn(let factor):
            .invalidParameter("User does not have delivery config set to turn on \(factor.rawValue)")
        case .onlyTexts: .invalidParameter("MFAOptions can only be SMS to phone_number.")
        case .passkeysAreSingleFactor:
            .invalidParameter("Passkeys are not configured as a multi-factor method of the user pool.")
        case .passkeysNeedAnother:
            .invalidParameter("Passkey MFA requires another MFA factor to be enabled for the user.")
        case .severalPreferred: .invalidParameter("Only one MFA factor can be preferred.")
        case .preferredIsOff(let factor):
            .invalidParameter("\(factor.rawValue) must be enabled to be the preferred MFA factor.")
        }
    }
}

/// What a pool's second factors are refused with, in Cognito's words but for what is said of mail.
extension MFASettingsFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .factorWhileOff:
            .invalidParameter("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.")
        case .noFactor:
            .invalidParameter(
                "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration."
            )
        case .smsConfigurationMissing:
            .invalidParameter(
                "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"
            )
        case .smsCannotBeTurnedOff:
            .invalidParameter("Can't turn off SMS_MFA when SMS configuration is set for the user pool")
        case .emailNeedsSender:
            .invalidParameter("Email MFA needs an EmailConfiguration with the EmailSendingAccount DEVELOPER.")
        case .emailIsOnlyRecovery:
            .invalidParameter("Email MFA can't be used where verified_email is the only account recovery mechanism.")
        case .unavailableInTier:
            CognitoError(.featureUnavailableInTier, "Email MFA and passkey MFA are not available in the LITE tier.")
        }
    }
}

extension CognitoError {
    static let tokenOrSession = invalidParameter("Either an AccessToken or a Session must be given.")
}
