import Operations

/// The domains of pools.
enum DomainOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(CreateUserPoolDomain.self),
        AnyOperation(DescribeUserPoolDomain.self),
        AnyOperation(UpdateUserPoolDomain.self),
        AnyOperation(DeleteUserPoolDomain.self),
    ]
}
