package import CognitoModel

/// A user of a pool.
package struct User: Sendable {
    package let poolID: String
    package let sub: String
    /// As the user wrote it, or the `sub` where the pool names users by address.
    package let username: String
    package var status: UserStatusType
    package var isEnabled: Bool
    package var attributes: UserAttributes
    /// Absent for users who sign in without one.
    package var password: StoredPassword?
    package var factors: UserFactors
    /// When a temporary password stops working.
    package var temporaryPasswordExpiresAt: Timestamp?
    /// Raised by every change of what the user signs in by or of whether they may: what was begun before it (a session, a
    /// secret block, a code) is void after it.
    package private(set) var credentialEpoch: Int64
    /// How many passkeys they have.
    package let passkeyCount: Int
    package let createdAt: Timestamp
    /// When they were last changed; set where they are stored.
    package var modifiedAt: Timestamp

    package init(
        poolID: String,
        sub: String,
        username: String,
        status: UserStatusType,
        isEnabled: Bool = true,
        attributes: UserAttributes,
        password: StoredPassword? = nil,
        factors: UserFactors = UserFactors(),
        temporaryPasswordExpiresAt: Timestamp? = nil,
        credentialEpoch: Int64 = 0,
        passkeyCount: Int = 0,
        createdAt: Timestamp,
        modifiedAt: Timestamp
    ) {
        self.poolID = poolID
        self.sub = sub
        self.username = username
        self.status = status
        self.isEnabled = isEnabled
        self.attributes = attributes
        self.password = password
        self.factors = factors
        self.temporaryPasswordExpiresAt = temporaryPasswordExpiresAt
        self.credentialEpoch = credentialEpoch
        self.passkeyCount = passkeyCount
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }

    /// Raises the epoch where the password, the status, whether the user is enabled or a second factor differs from before,
    /// or an address is another or isn't verified any more.
    package mutating func noteChange(from before: User) {
        let losesAddress = ["email", "phone_number"].contains { name in
            attributes[name] != before.attributes[name]
                || before.attributes.isVerified(name) && !attributes.isVerified(name)
        }
        let isChanged =
            losesAddress || password != before.password || status != before.status || isEnabled != before.isEnabled
            || factors.differs(from: before.factors)
        if isChanged { credentialEpoch = before.credentialEpoch + 1 }
    }

    /// Who the user's password belongs to: `USER_ID_FOR_SRP` is the username.
    package var srpIdentity: SRPIdentity { SRPIdentity(poolID: poolID, userID: username) }

    /// The attributes as the API lists them, `sub` first.
    package var wireAttributes: [AttributeType] {
        [AttributeType(name: "sub", value: sub)] + attributes.wireForm
    }

    /// As ListUsers and AdminCreateUser show a user; `attributes` names the attributes to show, nil all of them.
    package func wireForm(attributes names: [String]? = nil) -> UserType {
        let shown = names.map { names in wireAttributes.filter { names.contains($0.name) } } ?? wireAttributes
        return UserType(
            username: username,
            attributes: shown,
            userCreateDate: createdAt,
            userLastModifiedDate: modifiedAt,
            enabled: isEnabled,
            userStatus: status
        )
    }
}
