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
    /// Absent for users who sign in without one, and for those who haven't since they were imported with a hash.
    package var password: StoredPassword? {
        didSet {
            importedPassword = nil
            isSamePassword = false
        }
    }
    /// The hash of a password that another system left behind, until the password is known. SRP can't do with it.
    package private(set) var importedPassword: ImportedPassword?
    /// Whether the password that was set is the one that there was.
    private var isSamePassword = false
    package var factors: UserFactors
    /// When a temporary password stops working.
    package var temporaryPasswordExpiresAt: Timestamp?
    /// Raised by every change of what the user signs in by or of whether they may: what was begun before it (a session,
    /// a secret block, a code) is void after it.
    package private(set) var credentialEpoch: Int64
    /// How many passkeys they have.
    package let passkeyCount: Int
    /// For whom those are: relying parties' ids. Nil of a user whose passkeys are from before that was kept.
    package let passkeyParties: [String]?
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
        importedPassword: ImportedPassword? = nil,
        factors: UserFactors = UserFactors(),
        temporaryPasswordExpiresAt: Timestamp? = nil,
        credentialEpoch: Int64 = 0,
        passkeyCount: Int = 0,
        passkeyParties: [String]? = nil,
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
        self.importedPassword = importedPassword
        self.factors = factors
        self.temporaryPasswordExpiresAt = temporaryPasswordExpiresAt
        self.credentialEpoch = credentialEpoch
        self.passkeyCount = passkeyCount
        self.passkeyParties = passkeyParties
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }

    /// Whether they can prove a password, be it by a verifier or by a hash from elsewhere.
    package var hasPassword: Bool { password != nil || importedPassword != nil }

    /// Puts the verifier of a password in the place of its hash from elsewhere, where that is still there. It is the
    /// same password, so nothing that was begun by it is void.
    package mutating func replaceImported(_ imported: ImportedPassword, by verifier: StoredPassword) {
        guard importedPassword == imported else { return }
        password = verifier
        isSamePassword = true
    }

    /// Raises the epoch where the password, the status, whether the user is enabled or a second factor differs from
    /// before, or an address is another or isn't verified any more.
    package mutating func noteChange(from before: User) {
        let losesAddress = ["email", "phone_number"].contains { name in
            attributes[name] != before.attributes[name]
                || before.attributes.isVerified(name) && !attributes.isVerified(name)
        }
        let hasOtherPassword = password != before.password || importedPassword != before.importedPassword
        let isChanged =
            losesAddress || (hasOtherPassword && !isSamePassword) || status != before.status
            || isEnabled != before.isEnabled || factors.differs(from: before.factors)
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
