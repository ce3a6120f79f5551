package import CognitoModel
import Domain
import Storage

/// Changes the signed-in user's password. 1 read, 2 writes; two modular powers.
package enum ChangePassword: Operation {
    package static func run(
        _ input: ChangePasswordRequest,
        _ call: Call<TokenHolder>
    ) async throws -> ChangePasswordResponse {
        let (user, pool) = (call.caller.user, call.caller.pool)
        guard
            try await call.store.attempts.isAllowed(
                .changePassword,
                subject: user.sub,
                poolID: pool.id,
                now: call.now
            )
        else { throw CognitoError.attemptLimitExceeded }
        if user.password != nil {
            guard let previous = input.previousPassword else { throw CognitoError.missingParameter("PreviousPassword") }
            guard try call.passwords.verify(previous, against: user.password, of: user.srpIdentity) else {
                throw CognitoError.incorrectUsernameOrPassword
            }
        }
        try await call.services.checkNewPassword(input.proposedPassword, of: user, in: pool)
        let password = try call.passwords.hash(input.proposedPassword, of: user.srpIdentity)
        try await call.store.users.update(sub: user.sub, in: pool) { [now = call.now] user in
            user.password = password
            user.modifiedAt = now
        }
        return ChangePasswordResponse()
    }
}
