package import CognitoModel
package import Domain
import Operations

/// What names are refused with, in Cognito's words.
extension UsernameFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        .invalidParameter(message)
    }

    private var message: String {
        switch self {
        case .malformed:
            "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must have length "
                + "between 1 and 128, and satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+"
        case .mustBeEmail: "Username should be an email."
        case .mustBePhoneNumber: "Username should be a phone number."
        case .mustBeEmailOrPhoneNumber: "Username should be either an email or a phone number."
        case .looksLikeEmail:
            "Username cannot be of email format, since user pool is configured for email alias."
        case .looksLikePhoneNumber:
            "Username cannot be of phone number format, since user pool is configured for phone number alias."
        case .differsFromAttribute(let name): "The username and the attribute \(name) must be the same."
        }
    }
}

extension CognitoError {
    static let signUpNotPermitted = CognitoError(.notAuthorized, "SignUp is not permitted for this user pool")
    static let userAlreadyConfirmed = invalidParameter("User is already confirmed.")
    static let noContactForConfirmation = invalidParameter("Cannot resend codes. Auto verification not turned on.")

    static func cannotConfirm(status: String) -> CognitoError {
        CognitoError(.notAuthorized, "User cannot be confirmed. Current status is \(status)")
    }
}
