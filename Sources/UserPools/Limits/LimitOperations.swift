import Operations

/// How many requests an account may make.
enum LimitOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(GetProvisionedLimit.self),
        AnyOperation(UpdateProvisionedLimit.self),
    ]
}
