package import CognitoModel
import Domain

/// Lists the signed-in user's sessions, 60 at a time. 2 reads.
package enum ListUserSessions: Operation {
    package static func run(
        _ input: ListUserSessionsRequest,
        _ call: Call<TokenHolder>
    ) async throws -> ListUserSessionsResponse {
        let page = try await UserSessions(of: call.caller.user, in: call.caller.pool, call.store)
            .list(after: input.nextToken, limit: 60)
        return ListUserSessionsResponse(
            sessions: page.sessions.map { $0.wireForm(current: call.caller.sessionID) },
            nextToken: page.next
        )
    }
}
