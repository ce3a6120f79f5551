import Operations

/// Resource servers, whose scopes clients are given.
enum ResourceServerOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(CreateResourceServer.self),
        AnyOperation(DescribeResourceServer.self),
        AnyOperation(UpdateResourceServer.self),
        AnyOperation(DeleteResourceServer.self),
        AnyOperation(ListResourceServers.self),
    ]
}
