/// Whose password it is: the pool, and the user by `USER_ID_FOR_SRP`.
package struct SRPIdentity: Sendable, Hashable {
    package let poolID: String
    package let userID: String

    package init(poolID: String, userID: String) {
        self.poolID = poolID
        self.userID = userID
    }

    /// The part of the pool's id after the underscore.
    package var poolName: String { String(poolID.drop { $0 != "_" }.dropFirst()) }

    var context: String { "\(poolID)/\(userID)" }
}
