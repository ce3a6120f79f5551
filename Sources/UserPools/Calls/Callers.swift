package import Domain
import Operations
package import Storage

/// A user, by an access token that is genuine, current and not revoked.
package struct TokenHolder: PoolCaller, UserCaller {
    package let user: User
    /// The sign-in that the token is of.
    package let sessionID: String
    package let client: AppClient
    package let poolWithKeys: PoolWithKeys

    package var pool: UserPool { poolWithKeys.pool }
    package var poolID: String { poolWithKeys.pool.id }
    package var account: AccountPlace? { pool.account }
    package var username: String { user.username }
}

/// Anyone who names an app client. Whether they know its secret is for the operation to check, as the secret comes in
/// another place in each.
package struct PublicClient: PoolCaller {
    package let client: AppClient
    package let poolWithKeys: PoolWithKeys

    package init(client: AppClient, poolWithKeys: PoolWithKeys) {
        self.client = client
        self.poolWithKeys = poolWithKeys
    }

    package var pool: UserPool { poolWithKeys.pool }
    package var poolID: String { poolWithKeys.pool.id }
    package var account: AccountPlace? { pool.account }
}
