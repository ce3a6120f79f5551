import Operations

/// Setting and changing passwords.
enum PasswordOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(AdminSetUserPassword.self),
        AnyOperation(AdminResetUserPassword.self),
        AnyOperation(ForgotPassword.self),
        AnyOperation(ConfirmForgotPassword.self),
        AnyOperation(ChangePassword.self),
    ]
}
