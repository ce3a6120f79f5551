package import CognitoModel
import Domain
import Storage

/// Ends every sign-in of a user. 1 read, 1 write.
package enum AdminUserGlobalSignOut: Operation {
    package static func run(
        _ input: AdminUserGlobalSignOutRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminUserGlobalSignOutResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        try await call.store.sessions.revokeAll(of: user.sub, poolID: pool.id)
        return AdminUserGlobalSignOutResponse()
    }
}
