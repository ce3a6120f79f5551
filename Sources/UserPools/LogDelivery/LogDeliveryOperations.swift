import Operations

/// Where a pool's logs go.
enum LogDeliveryOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(GetLogDeliveryConfiguration.self),
        AnyOperation(SetLogDeliveryConfiguration.self),
    ]
}
