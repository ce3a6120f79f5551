import Domain
import Storage

/// Names as they are typed.
extension UserRepository {
    func find(_ typed: String, in pool: UserPool) async throws -> User? {
        try await find(pool.name(typed), in: pool)
    }

    func get(_ typed: String, in pool: UserPool) async throws -> User {
        try await get(pool.name(typed), in: pool)
    }

    func signingIn(_ typed: String, standIn: String, in pool: UserPool) async throws -> SigningIn {
        try await signingIn(pool.name(typed), standIn: standIn, in: pool)
    }
}
