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
        let protection = call.caller.poolWithKeys.protection(of: call.caller.client)
        try call.passwords.refuseCompromised(input.proposedPassword, at: .passwordChange, protection)
        let password = try await call.passwords.take(input.proposedPassword, for: user, in: pool)
        let event = try call.authEvent(.passwordChange, of: user, protection)
        try await call.store.users.update(sub: user.sub, in: pool, recording: event) { current in
            // The old password was right for the user who was read; meanwhile somebody else may have set another.
            guard current.isEnabled, current.credentialEpoch == user.credentialEpoch else {
                throw SignInFailure.wrongUsernameOrPassword
            }
            current.password = password
        }
        return ChangePasswordResponse()
    }
}
