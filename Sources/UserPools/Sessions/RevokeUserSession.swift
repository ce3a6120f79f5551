package import CognitoModel
import Domain

/// Ends another session of the signed-in user. 1 read, 1 write.
package enum RevokeUserSession: Operation {
    package static func run(
        _ input: RevokeUserSessionRequest,
        _ call: Call<TokenHolder>
    ) async throws -> RevokeUserSessionResponse {
        let sessions = try UserSessions(of: call.caller.user, in: call.caller.pool, call.store)
        guard SessionKey(named: input.sessionId) != SessionKey(.token, id: call.caller.sessionID) else {
            throw SessionFailure.current
        }
        try await sessions.end(input.sessionId, with: input.revokeAssociatedSessions)
        return RevokeUserSessionResponse()
    }
}
