import Operations

/// App clients.
enum ClientOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(CreateUserPoolClient.self),
        AnyOperation(DescribeUserPoolClient.self),
        AnyOperation(UpdateUserPoolClient.self),
        AnyOperation(DeleteUserPoolClient.self),
        AnyOperation(ListUserPoolClients.self),
        AnyOperation(AddUserPoolClientSecret.self),
        AnyOperation(DeleteUserPoolClientSecret.self),
        AnyOperation(ListUserPoolClientSecrets.self),
    ]
}
