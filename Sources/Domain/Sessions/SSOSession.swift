package import CognitoModel

/// A browser's sign-in at the pages of a pool: what its cookie stands for. Clients of the pool get authorization codes
/// by it without asking the user again, for as long as each of them trusts it. The cookie's secret is kept as its keyed
/// hash.
package struct SSOSession: Sendable, Hashable {
    /// The longest that a client can trust it, in seconds: 90 days (SetUserPoolClientSessionConfiguration).
    package static let longestValidity: Int64 = 129_600 * 60

    /// How many a user may have where they are tracked: as many as a list of sessions shows beside the most sign-ins at
    /// apps.
    package static let mostPerUser = 25

    package let id: String
    package let poolID: String
    package let sub: String
    /// The client that the user signed in to.
    package let clientID: String
    /// The epoch of the user's credentials that it relies on.
    package let epoch: Int64
    /// What the user proved, in order.
    package let proven: [ProvenFactor]
    /// When the user last signed in.
    package let authTime: Timestamp
    /// When nobody trusts it any more.
    package let expiresAt: Timestamp

    package init(
        id: String,
        poolID: String,
        sub: String,
        clientID: String,
        epoch: Int64,
        proven: [ProvenFactor],
        authTime: Timestamp
    ) {
        self.id = id
        self.poolID = poolID
        self.sub = sub
        self.clientID = clientID
        self.epoch = epoch
        self.proven = proven
        self.authTime = authTime
        expiresAt = authTime.adding(seconds: Self.longestValidity)
    }

    /// The session under another epoch: that which the sign-in's own change has led to.
    package func of(epoch: Int64) -> SSOSession {
        SSOSession(
            id: id,
            poolID: poolID,
            sub: sub,
            clientID: clientID,
            epoch: epoch,
            proven: proven,
            authTime: authTime
        )
    }

    /// Whether the client takes it for the user without asking: for its minutes since the user last signed in
    /// (developer guide, "Managed login": using the session doesn't prolong it).
    ///
    /// A client that has registered itself gets nothing without the user: nobody but its own maker vouches for it.
    package func isTrusted(by client: AppClient, at now: Timestamp) -> Bool {
        client.configuration.clientType != .dcr
            && now < authTime.adding(seconds: Int64(client.ssoMinutes) * 60)
    }
}
