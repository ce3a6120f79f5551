import Accounts
package import CognitoModel
import Domain
import Storage

/// Sets a user's password, for good or until the next sign-in. 1 read, 1 write; one modular power.
package enum AdminSetUserPassword: Operation {
    package static func run(
        _ input: AdminSetUserPasswordRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminSetUserPasswordResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        let password = try await call.passwords.take(input.password, for: user, in: pool)
        let isPermanent = input.permanent ?? false
        let expiry = isPermanent ? nil : pool.temporaryPasswordExpiry(from: call.now)
        try await call.store.users.update(sub: user.sub, in: pool) { user in
            user.password = password
            user.status = isPermanent ? .confirmed : .forceChangePassword
            user.temporaryPasswordExpiresAt = expiry
        }
        return AdminSetUserPasswordResponse()
    }
}
