import CognitoModel
import Domain
import Operations
import Storage

/// A user's devices, as both the user and an administrator look at them.
struct UserDevices: Sendable {
    private let user: User
    private let pool: UserPool
    private let store: Store

    /// Throws `DeviceFailure.notTracked` where the pool doesn't look after them.
    init(of user: User, in pool: UserPool, _ store: Store) throws {
        guard pool.tracksDevices else { throw DeviceFailure.notTracked }
        self.user = user
        self.pool = pool
        self.store = store
    }

    /// Throws `DeviceFailure.notFound`. 1 read.
    func get(_ key: String) async throws -> UserDevice {
        try await store.devices.get(key, of: user.sub, poolID: pool.id)
    }

    /// One page of them, in the order of their keys, for the operation of that name. 1 read.
    func list(
        for operation: String,
        after token: String?,
        limit: Int?
    ) async throws -> (devices: [DeviceType], next: String?) {
        let listing = Listing(operation, of: "\(pool.id) \(user.sub)", orderedBy: 1, vault: store.vault)
        let page = try await store.devices.list(
            of: user.sub,
            poolID: pool.id,
            after: listing.cursor(token),
            limit: listing.limit(limit)
        )
        return (page.elements.map(\.wireForm), try listing.token(for: page.next))
    }

    /// Remembers a device, or doesn't any more. Throws where it isn't said which, and `DeviceFailure.notFound`. 1
    /// write.
    func setStatus(_ status: DeviceRememberedStatusType?, of key: String) async throws {
        guard let status else { throw CognitoError.missingParameter("DeviceRememberedStatus") }
        try await store.devices.setRemembered(status == .remembered, key, of: user.sub, poolID: pool.id)
    }

    /// Throws `DeviceFailure.notFound`. 1 write.
    func forget(_ key: String) async throws { try await store.devices.forget(key, of: user.sub, poolID: pool.id) }
}
