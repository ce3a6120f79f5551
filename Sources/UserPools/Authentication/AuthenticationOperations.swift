import Operations

/// Signing in.
enum AuthenticationOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(InitiateAuth.self),
        AnyOperation(RespondToAuthChallenge.self),
        AnyOperation(AdminInitiateAuth.self),
        AnyOperation(AdminRespondToAuthChallenge.self),
        AnyOperation(GetTokensFromRefreshToken.self),
    ]
}
