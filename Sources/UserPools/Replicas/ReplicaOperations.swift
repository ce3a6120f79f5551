import Operations

/// Replicas of pools in other regions.
enum ReplicaOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(CreateUserPoolReplica.self),
        AnyOperation(ListUserPoolReplicas.self),
        AnyOperation(UpdateUserPoolReplica.self),
        AnyOperation(DeleteUserPoolReplica.self),
    ]
}
