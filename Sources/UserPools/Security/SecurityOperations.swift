import Operations

/// Threat protection.
enum SecurityOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(DescribeRiskConfiguration.self),
        AnyOperation(SetRiskConfiguration.self),
        AnyOperation(AdminListUserAuthEvents.self),
        AnyOperation(AdminUpdateAuthEventFeedback.self),
        AnyOperation(UpdateAuthEventFeedback.self),
    ]
}
