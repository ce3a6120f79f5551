import Operations

/// Users' sessions.
enum SessionOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(ListUserSessions.self),
        AnyOperation(AdminListUserSessions.self),
        AnyOperation(RevokeUserSession.self),
        AnyOperation(AdminRevokeUserSession.self),
        AnyOperation(GetUserPoolSessionConfiguration.self),
        AnyOperation(SetUserPoolSessionConfiguration.self),
        AnyOperation(GetUserPoolClientSessionConfiguration.self),
        AnyOperation(SetUserPoolClientSessionConfiguration.self),
    ]
}
