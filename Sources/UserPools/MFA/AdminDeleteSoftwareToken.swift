package import CognitoModel
import Domain
import Storage

/// Forgets a user's software token, so that they can set up another. 1 read, 1 write.
package enum AdminDeleteSoftwareToken: Operation {
    package static func run(
        _ input: AdminDeleteSoftwareTokenRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminDeleteSoftwareTokenResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        guard user.status != .unconfirmed else { throw SignInFailure.userNotConfirmed }
        try await call.store.users.update(sub: user.sub, in: pool) { $0.factors.removeSoftwareToken() }
        return AdminDeleteSoftwareTokenResponse()
    }
}
