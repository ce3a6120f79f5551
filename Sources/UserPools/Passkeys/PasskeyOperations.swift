import Operations

/// The signed-in user's passkeys.
enum PasskeyOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(StartWebAuthnRegistration.self),
        AnyOperation(CompleteWebAuthnRegistration.self),
        AnyOperation(ListWebAuthnCredentials.self),
        AnyOperation(DeleteWebAuthnCredential.self),
    ]
}
