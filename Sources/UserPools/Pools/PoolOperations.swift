import Operations

/// Creating, reading and changing pools.
enum PoolOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(CreateUserPool.self),
        AnyOperation(DescribeUserPool.self),
        AnyOperation(UpdateUserPool.self),
        AnyOperation(DeleteUserPool.self),
        AnyOperation(ListUserPools.self),
        AnyOperation(AddCustomAttributes.self),
    ]
}
