import Operations

/// Signing up.
enum SignUpOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(SignUp.self),
        AnyOperation(ConfirmSignUp.self),
        AnyOperation(ResendConfirmationCode.self),
        AnyOperation(AdminConfirmSignUp.self),
    ]
}
