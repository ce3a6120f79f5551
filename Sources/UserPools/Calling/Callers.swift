import CognitoModel
package import Domain
package import Storage

/// A caller whose SigV4 signature the pipeline verified; in dev, anybody.
package struct Administrator: Sendable, Hashable {
    /// The region of the credential scope.
    package let region: String
    package let accountID: String

    package init(region: String, accountID: String) {
        self.region = region
        self.accountID = accountID
    }
}

/// A user, by an access token that is genuine, current and not revoked.
package struct TokenHolder: Sendable {
    package let user: User
    package let client: AppClient
    package let entry: PoolDirectory.Entry
    package let claims: AccessTokenClaims

    package var pool: UserPool { entry.pool }
}

/// Anyone who names an app client. Whether they know its secret is for the operation to check, as the secret comes in
/// another place in each.
package struct PublicClient: Sendable {
    package let client: AppClient
    package let entry: PoolDirectory.Entry

    package var pool: UserPool { entry.pool }
}
