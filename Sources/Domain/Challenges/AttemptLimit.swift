/// What is counted for each user and hour (developer guide, quotas). The raw value is stored.
package enum AttemptLimit: String, Sendable {
    case confirmSignUp = "confirm_sign_up"
    case resendConfirmationCode = "resend_confirmation_code"
    case forgotPassword = "forgot_password"
    case confirmForgotPassword = "confirm_forgot_password"
    case changePassword = "change_password"
    /// Counted for each session, not for each user: else anybody could use up a user's attempts.
    case signInCode = "sign_in_code"
    case sendSignInCode = "send_sign_in_code"
    case verifyUserAttribute = "verify_user_attribute"
    case sendAttributeCode = "send_attribute_code"

    /// The most attempts in an hour.
    package var perHour: Int {
        switch self {
        case .confirmSignUp: 15
        case .resendConfirmationCode, .forgotPassword, .changePassword: 5
        case .confirmForgotPassword, .verifyUserAttribute: 15
        case .signInCode: 5
        case .sendSignInCode: 20
        case .sendAttributeCode: 5
        }
    }
}
