package import CognitoModel
import Domain
import Storage

/// Resets a password by the code that was sent. 1 read, 1 write; one modular power.
package enum ConfirmForgotPassword: Operation {
    package static func run(
        _ input: ConfirmForgotPasswordRequest,
        _ call: Call<PublicClient>
    ) async throws -> ConfirmForgotPasswordResponse {
        let (client, pool) = (call.caller.client, call.caller.pool)
        try client.checkSecretHash(input.secretHash, usernames: input.username)
        guard let user = try await call.store.users.find(input.username, in: pool)?.user else {
            guard client.preventsUserExistenceErrors else { throw CognitoError.usernameClientNotFound }
            throw try await call.services.simulatedRefusal(
                .confirmForgotPassword,
                requestedBy: .forgotPassword,
                .resetPassword,
                for: input.username,
                in: pool,
                now: call.now
            )
        }
        try await call.services.checkNewPassword(input.password, of: user, in: pool)
        let password = try call.passwords.hash(input.password, of: user.srpIdentity)
        let redemption = try await call.store.codes.redeem(
            .resetPassword,
            hash: call.store.vault.codeHash(
                input.confirmationCode,
                purpose: .resetPassword,
                poolID: pool.id,
                sub: user.sub
            ),
            sub: user.sub,
            in: pool,
            limit: .confirmForgotPassword,
            now: call.now
        ) { [now = call.now] user, _ in
            user.password = password
            user.temporaryPasswordExpiresAt = nil
            if user.status == .resetRequired { user.status = .confirmed }
            user.modifiedAt = now
        }
        switch redemption {
        case .redeemed: return ConfirmForgotPasswordResponse()
        case .mismatch: throw CognitoError.codeMismatch
        case .expired: throw CognitoError.codeExpired
        case .limitExceeded: throw CognitoError.attemptLimitExceeded
        }
    }
}
