import CognitoModel
import Domain
import Storage

extension UserPoolReplicaType {
    /// The pool itself.
    init(primary pool: UserPool) {
        self.init(
            regionName: pool.region,
            status: .active,
            role: .primary,
            userPoolArn: UserPool.arn(id: pool.id, region: pool.region, accountID: pool.accountID)
        )
    }

    /// A replica of the pool.
    init(_ status: ReplicaStatusType, in region: String, of pool: UserPool) {
        self.init(
            regionName: region,
            status: status,
            role: .secondary,
            userPoolArn: UserPool.arn(id: pool.id, region: region, accountID: pool.accountID)
        )
    }
}
