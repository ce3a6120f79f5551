package import Domain
import Operations
package import Storage

/// A user, by an access token that is genuine, current and not revoked.
package struct TokenHolder: PoolCaller {
    package let user: User
    package let client: AppClient
    package let entry: PoolDirectory.Entry
    package let claims: AccessTokenClaims

    package var pool: UserPool { entry.pool }
    package var poolID: String { entry.pool.id }
}

/// Anyone who names an app client. Whether they know its secret is for the operation to check, as the secret comes in
/// another place in each.
package struct PublicClient: PoolCaller {
    package let client: AppClient
    package let entry: PoolDirectory.Entry

    package var pool: UserPool { entry.pool }
    package var poolID: String { entry.pool.id }
}
