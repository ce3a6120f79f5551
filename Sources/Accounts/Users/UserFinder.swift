package import CognitoModel
package import Domain
package import Storage

/// Finds users for callers who aren't signed in, so that nobody learns who exists where the client hides it.
package struct UserFinder: Sendable {
    let store: Store
    let simulatedUsers: SimulatedUsers

    package init(store: Store, simulatedUsers: SimulatedUsers) {
        self.store = store
        self.simulatedUsers = simulatedUsers
    }

    /// A user, or one who stands for a name that nobody has.
    package struct Found: Sendable {
        package let user: User
        package let isSimulated: Bool
    }

    /// Whoever has the name, or the one who stands for it. Throws `UserFailure.notFoundForClient` where nobody has it
    /// and the client says so openly. 1 read.
    package func find(_ name: Name, through client: AppClient, in pool: UserPool, now: Timestamp) async throws -> Found
    {
        guard client.preventsUserExistenceErrors else {
            guard let user = try await store.users.find(name, in: pool) else { throw UserFailure.notFoundForClient }
            return Found(user: user, isSimulated: false)
        }
        // Made for everybody, as the time that it takes would tell.
        let simulated = try simulatedUsers.user(named: name, in: pool, now: now)
        let user = try await store.users.signingIn(name, standIn: simulated.sub, in: pool).user
        return Found(user: user ?? simulated, isSimulated: user == nil)
    }
}
