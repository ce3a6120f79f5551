import Accounts
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
        let isAllowed = try await call.store.attempts.isAllowed(
            .changePassword,
            subject: .user(sub: user.sub),
            poolID: pool.id,
            now: call.now
        )
        guard isAllowed else { throw CodeFailure.attemptsExceeded }
        if user.password != nil {
            guard let previous = input.previousPassword else { throw CognitoError.missingParameter("PreviousPassword") }
            guard try call.passwords.hasher.verify(previous, against: user.password, of: user.srpIdentity) else {
                throw SignInFailure.wrongUsernameOrPassword
            }
        }
        let password = try await call.passwords.take(input.proposedPassword, for: user, in: pool)
        try await call.store.users.update(sub: user.sub, in: pool) { $0.password = password }
        return ChangePasswordResponse()
    }
}
