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
        // Before the user is looked up, so that it doesn't tell whether there is one.
        try pool.passwordPolicy.check(input.password)
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
        let hash = try call.store.vault.codeHash(
            input.confirmationCode,
            purpose: .resetPassword,
            poolID: pool.id,
            sub: user.sub
        )
        if pool.passwordPolicy.historySize > 0 {
            // Only who has the code learns which passwords were used before.
            let check = try await call.store.codes.check(
                .resetPassword,
                hash: hash,
                sub: user.sub,
                poolID: pool.id,
                limit: .confirmForgotPassword,
                now: call.now
            )
            try check.throwUnlessRedeemed()
            try await call.services.checkNewPassword(input.password, of: user, in: pool)
        }
        let password = try call.passwords.hash(input.password, of: user.srpIdentity)
        let redemption = try await call.store.codes.redeem(
            .resetPassword,
            hash: hash,
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
        try redemption.throwUnlessRedeemed()
        return ConfirmForgotPasswordResponse()
    }
}
