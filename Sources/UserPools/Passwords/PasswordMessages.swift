import Accounts
package import CognitoModel
package import Domain
package import Messaging
import Operations

/// What new passwords are refused with, in Cognito's words.
extension PasswordFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .breaks(let rule):
            CognitoError(.invalidPassword, "Password did not conform with policy: \(rule.message)")
        case .usedBefore: CognitoError(.passwordHistoryPolicyViolation, "Password has previously been used")
        case .compromised:
            CognitoError(.invalidPassword, "Provided password cannot be used for security reasons.")
        case .missing:
            .invalidParameter(
                "1 validation error detected: Value at 'password' failed to satisfy constraint: "
                    + "Member must not be null"
            )
        }
    }
}

extension PasswordFailure.Rule {
    fileprivate var message: String {
        switch self {
        case .length: "Password not long enough"
        case .uppercase: "Password must have uppercase characters"
        case .lowercase: "Password must have lowercase characters"
        case .numbers: "Password must have numeric characters"
        case .symbols: "Password must have symbol characters"
        }
    }
}

/// What codes are refused with, in Cognito's words.
extension CodeFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .mismatch: CognitoError(.codeMismatch, "Invalid verification code provided, please try again.")
        case .expired: CognitoError(.expiredCode, "Invalid code provided, please request a code again.")
        case .attemptsExceeded:
            CognitoError(.limitExceeded, "Attempt limit exceeded, please try after some time.")
        case .messagesExceeded: .rateExceeded
        }
    }
}

/// What is said where the operator's limit of a pool's messages is reached: for mails Cognito's words. Operations that
/// declare no LimitExceededException say it as they do of other limits.
extension MessageLimitExceeded: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch occasion {
        case .signUp, .resendCode, .forgotPassword, .verifyUserAttribute: CognitoError(.limitExceeded, message)
        default: .rateExceeded
        }
    }

    private var message: String {
        switch channel {
        case .email:
            "Exceeded daily email limit for the operation or the account. If a higher limit is required, please configure "
                + "your user pool to use your own Amazon SES configuration for sending email."
        case .sms: "Exceeded daily SMS limit for the operation or the account."
        }
    }
}

extension RecoveryFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .administratorOnly: CognitoError(.notAuthorized, "Contact administrator to reset password.")
        case .noVerifiedAddress:
            .invalidParameter(
                "Cannot reset password for the user as there is no registered/verified email or phone_number"
            )
        }
    }
}

/// Sending fails where the operator's mail server, or what sends texts, does.
extension DeliveryFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        CognitoError(.codeDeliveryFailure, words, cause: self)
    }

    /// Cognito's, which blames the address whatever happened.
    fileprivate var words: String {
        guard channel == .sms else { return "Invalid email provided/Unable to send the email" }
        let words = "Invalid phone number provided/Unable to send the message."
        return cause is NoDeliveryConfigured ? "\(words) \(Self.noTexts)" : words
    }

    fileprivate static let noTexts = "User pool does not have SMS configuration to send messages."
}

extension CognitoError {
    /// AdminResetUserPassword has no error of its own for that.
    static func undeliverableReset(_ failure: DeliveryFailure) -> CognitoError {
        CognitoError(.invalidParameter, failure.words, cause: failure)
    }

    /// AdminCreateUser's own words where nothing sends texts.
    static func undeliverableInvitation(_ failure: DeliveryFailure) -> CognitoError {
        guard failure.channel == .sms, failure.cause is NoDeliveryConfigured else { return failure.cognitoError }
        return CognitoError(.invalidParameter, DeliveryFailure.noTexts, cause: failure)
    }

    static let passwordResetNotAllowed =
        CognitoError(.notAuthorized, "User password cannot be reset in the current state.")
}
