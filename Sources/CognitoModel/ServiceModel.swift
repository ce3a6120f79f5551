/// One operation of a service, as its model states it.
package struct OperationModel: Sendable {
    /// Its name, as `X-Amz-Target` has it after the dot.
    package let name: String
    /// No SigV4 signature is asked for.
    package let isUnsigned: Bool
    /// The errors that the operation declares.
    package let errors: [ErrorCode]

    init(_ name: String, isUnsigned: Bool, errors: [ErrorCode]) {
        self.name = name
        self.isUnsigned = isUnsigned
        self.errors = errors
    }
}

/// One service of the AWS JSON 1.1 protocol: its operations and how requests name and sign it.
package struct ServiceModel: Sendable {
    /// The part of `X-Amz-Target` before the dot.
    package let targetPrefix: String
    /// The service of the SigV4 credential scope.
    package let signingName: String
    package let operations: [OperationModel]
}
