package import CognitoModel
import Domain
import Storage

/// Ends every sign-in of the signed-in user. 1 read, 1 write.
package enum GlobalSignOut: Operation {
    /// The operation declares no UserNotFoundException: of a user who was deleted, every token is revoked.
    package static func authenticate(
        _ input: GlobalSignOutRequest,
        _ request: RequestContext,
        _ services: Services
    ) async throws -> TokenHolder {
        do {
            return try await TokenHolder(accessToken: input.accessToken, services: services, now: request.now)
        } catch UserFailure.notFound {
            throw TokenFailure.accessTokenRevoked
        }
    }

    package static func run(
        _ input: GlobalSignOutRequest,
        _ call: Call<TokenHolder>
    ) async throws -> GlobalSignOutResponse {
        try await call.store.sessions.revokeAll(of: call.caller.user.sub, poolID: call.caller.pool.id)
        return GlobalSignOutResponse()
    }
}
