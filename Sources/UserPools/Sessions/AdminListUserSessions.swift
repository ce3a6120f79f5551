package import CognitoModel
import Domain
import Storage

/// Lists a user's sessions, 125 at a time. 2 reads.
package enum AdminListUserSessions: Operation {
    package static func run(
        _ input: AdminListUserSessionsRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminListUserSessionsResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        let page = try await UserSessions(of: user, in: pool, call.store).list(after: input.nextToken, limit: 125)
        return AdminListUserSessionsResponse(
            sessions: page.sessions.map { $0.wireForm(current: nil) },
            nextToken: page.next
        )
    }
}
