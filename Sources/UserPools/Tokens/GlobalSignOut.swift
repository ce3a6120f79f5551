package import CognitoModel
import Domain
import Storage

/// Ends every sign-in of the signed-in user. 1 read, 1 write.
package enum GlobalSignOut: Operation {
    package static func authenticate(
        _ input: GlobalSignOutRequest,
        _ request: RequestContext,
        _ services: Services
    ) async throws -> TokenHolder {
        try await TokenHolder.knowing(input.accessToken, services: services, now: request.now)
    }

    package static func run(
        _ input: GlobalSignOutRequest,
        _ call: Call<TokenHolder>
    ) async throws -> GlobalSignOutResponse {
        try await call.store.sessions.revokeAll(of: call.caller.user.sub, poolID: call.caller.pool.id)
        return GlobalSignOutResponse()
    }
}
