/// What a code proves. Its raw value is stored.
package enum CodePurpose: String, Sendable {
    case confirmSignUp = "confirm_sign_up"
    case resetPassword = "reset_password"
    case verifyEmail = "verify_email"
    case verifyPhoneNumber = "verify_phone_number"
    case emailOTP = "email_otp"
    case smsOTP = "sms_otp"
    case emailMFA = "email_mfa"
    case smsMFA = "sms_mfa"

    /// How long a code is good, in seconds (developer guide, quotas); a sign-in code lives as long as its session.
    package var lifetime: Int64 {
        switch self {
        case .confirmSignUp, .verifyEmail, .verifyPhoneNumber: 24 * 3600
        case .resetPassword: 3600
        case .emailOTP, .smsOTP, .emailMFA, .smsMFA: 15 * 60
        }
    }

    /// How many digits the code has.
    package var digits: Int {
        switch self {
        case .emailOTP, .smsOTP: 8
        case .confirmSignUp, .resetPassword, .verifyEmail, .verifyPhoneNumber, .emailMFA, .smsMFA: 6
        }
    }

    /// Whether the code verifies an address of a user who is signed in, and nothing more.
    package var verifiesAddress: Bool { self == .verifyEmail || self == .verifyPhoneNumber }

    /// The attribute that a used code verifies.
    package static func verification(of attribute: String) -> CodePurpose {
        attribute == "phone_number" ? .verifyPhoneNumber : .verifyEmail
    }

    /// As above. Throws where the attribute is no address.
    package static func verification(ofAddress attribute: String) throws -> CodePurpose {
        guard ["email", "phone_number"].contains(attribute) else {
            throw AttributeFailure.unverifiable(attribute)
        }
        return verification(of: attribute)
    }
}
