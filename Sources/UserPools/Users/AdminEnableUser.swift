package import CognitoModel
import Domain
import Storage

/// Lets a user in again. 1 read, 1 write.
package enum AdminEnableUser: Operation {
    package static func run(
        _ input: AdminEnableUserRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminEnableUserResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        try await call.store.users.update(sub: user.sub, in: pool) { $0.isEnabled = true }
        return AdminEnableUserResponse()
    }
}
