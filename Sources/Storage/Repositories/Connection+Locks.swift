import CognitoModel
import Database
import Domain

extension Connection {
    /// Lets whoever else locks the pool wait until the transaction ends, so that what belongs to the pool is counted
    /// and added by one at a time. Throws `PoolFailure.notFound` where it is gone.
    func lockPool(_ id: String) throws {
        guard try execute("update user_pools set region = region where id = \(id)") == 1 else {
            throw PoolFailure.notFound(id: id)
        }
    }

    /// As `lockPool`, of a user. Throws `UserFailure.notFound` where they are gone.
    func lockUser(_ sub: String, poolID: String) throws {
        guard try execute("update users set version = version where pool_id = \(poolID) and sub = \(sub)") == 1 else {
            throw UserFailure.notFound
        }
    }
}
