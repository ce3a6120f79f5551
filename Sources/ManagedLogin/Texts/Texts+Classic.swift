extension Texts {
    /// The words of the classic pages, where they differ from those of managed login.
    static func classic(_ key: TextKey) -> String? {
        switch key {
        case .signInIntroduction: "Sign in with your username and password"
        case .email: "Email"
        case .newUser: "Need an account?"
        case .createAccount: "Sign up"
        case .signUpIntroduction: "Sign up with a new account"
        case .forgotPasswordIntroduction:
            "Enter your Username below and we will send a message to reset your password"
        case .newPassword: "New Password"
        case .confirmNewPassword: "Enter New Password Again"
        case .resendCode: "Resend it"
        case .confirmAccount: "Confirm Account"
        default: nil
        }
    }
}
