import CognitoModel
import Domain
package import Operations
import Storage

/// One operation of user pools.
package protocol Operation: ServiceOperation where Service == Services {}

/// One call of an operation of user pools.
package typealias Call<Caller: Sendable> = ServiceCall<Services, Caller>

extension ServiceCall where Service == Services {
    /// A member of the services. The compiler prefers it to the one for all services: as it is of this target, it
    /// becomes a look at the member, where the other walks the key path at every call.
    subscript<Member>(dynamicMember path: any KeyPath<Services, Member> & Sendable) -> Member {
        service[keyPath: path]
    }
}

extension ServiceCall where Service == Services, Caller == Administrator {
    /// The pool of that id in the caller's account and region. Throws `PoolFailure` if there is none.
    func pool(_ id: String) async throws -> UserPool {
        let pool = try await service.store.directory.pool(id).pool
        guard pool.region == caller.region, pool.accountID == caller.accountID else {
            throw PoolFailure.notFound(id: id)
        }
        return pool
    }

    /// The client of that pool, and the pool.
    func client(_ id: String, in poolID: String) async throws -> PublicClient {
        _ = try await pool(poolID)
        let (client, poolWithKeys) = try await service.store.directory.client(id, in: poolID)
        return PublicClient(client: client, poolWithKeys: poolWithKeys)
    }
}
