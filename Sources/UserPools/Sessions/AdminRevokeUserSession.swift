package import CognitoModel
import Domain
import Storage

/// Ends a session of a user. 1 read, 1 write.
package enum AdminRevokeUserSession: Operation {
    package static func run(
        _ input: AdminRevokeUserSessionRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminRevokeUserSessionResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        try await UserSessions(of: user, in: pool, call.store)
            .end(input.sessionId, with: input.revokeAssociatedSessions)
        return AdminRevokeUserSessionResponse()
    }
}
