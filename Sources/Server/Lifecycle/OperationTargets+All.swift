import CognitoModel
package import Operations
package import UserPools

extension OperationTargets {
    /// The operations of every service.
    package static func all(_ userPools: Services, signatures: any SignatureCheck) -> OperationTargets {
        OperationTargets(
            [
                ServedService(.userPools, UserPoolOperations.table, service: userPools),
                ServedService(unbuilt: .identityPools),
            ],
            pipeline: Pipeline(signatures: signatures)
        )
    }
}
