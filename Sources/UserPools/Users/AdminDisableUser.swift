package import CognitoModel
import Domain
import Storage

/// Locks a user out and revokes their tokens. 1 read, 1 write.
package enum AdminDisableUser: Operation {
    package static func run(
        _ input: AdminDisableUserRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminDisableUserResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        try await call.store.users.updateRevokingSessions(sub: user.sub, in: pool) { $0.isEnabled = false }
        return AdminDisableUserResponse()
    }
}
