import Operations

/// Revoking tokens.
enum TokenOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(GlobalSignOut.self),
        AnyOperation(AdminUserGlobalSignOut.self),
        AnyOperation(RevokeToken.self),
        AnyOperation(GetClientToken.self),
        AnyOperation(GetDerivedToken.self),
    ]
}
