package import CognitoModel
import Domain
import Storage

/// Deletes a user and all that belongs to them. 1 read, 1 write.
package enum AdminDeleteUser: Operation {
    package static func run(_ input: AdminDeleteUserRequest, _ call: Call<Administrator>) async throws -> NoOutput {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        try await call.store.users.delete(sub: user.sub, poolID: pool.id)
        return NoOutput()
    }
}
