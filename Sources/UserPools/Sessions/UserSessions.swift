import CognitoModel
import Domain
import Operations
import Storage

/// A user's sessions, as both the user and an administrator look at them.
struct UserSessions: Sendable {
    private let user: User
    private let pool: UserPool
    private let store: Store

    /// Throws `SessionFailure.notTracked` where the pool doesn't look after them.
    init(of user: User, in pool: UserPool, _ store: Store) throws {
        guard pool.sessions.isTracked else { throw SessionFailure.notTracked }
        self.user = user
        self.pool = pool
        self.store = store
    }

    /// One page of those that are open. 1 read.
    func list(after token: String?, limit: Int) async throws -> (sessions: [TrackedSession], next: String?) {
        let listing = Listing("UserSessions", of: "\(pool.id) \(user.sub)", orderedBy: 1, vault: store.vault)
        let page = try await store.sessions.list(
            of: user.sub,
            poolID: pool.id,
            after: listing.cursor(token),
            limit: limit
        )
        return (page.elements, try listing.token(for: page.next))
    }

    /// Ends the one of that name, and with it its tokens; and those that it is linked to, where that is asked for. 1
    /// write.
    func end(_ name: String, with associated: RevokeAssociatedSessionsType?) async throws {
        guard let key = SessionKey(named: name) else { throw SessionFailure.notFound }
        try await store.sessions.end(key, linked: associated == .linked, of: user.sub, poolID: pool.id)
    }
}
