package import CognitoModel
import Domain
import Storage

/// Sends a code with which a password can be reset. 1 read, 2 writes.
package enum ForgotPassword: Operation {
    package static func run(
        _ input: ForgotPasswordRequest,
        _ call: Call<PublicClient>
    ) async throws -> ForgotPasswordResponse {
        let (client, pool) = (call.caller.client, call.caller.pool)
        try client.checkSecretHash(input.secretHash, usernames: input.username)
        guard let user = try await call.store.users.find(input.username, in: pool)?.user else {
            guard client.preventsUserExistenceErrors else { throw CognitoError.usernameClientNotFound }
            return ForgotPasswordResponse(
                codeDeliveryDetails: CodeDestination.simulated(username: input.username).details
            )
        }
        guard user.isEnabled else { throw CognitoError.userDisabled }
        guard user.status != .forceChangePassword else { throw CognitoError.passwordResetNotAllowed }
        let destination = try CodeDestination.recovery(user.attributes, in: pool)
        guard
            try await call.store.attempts.isAllowed(
                .forgotPassword,
                subject: user.sub,
                poolID: pool.id,
                now: call.now
            )
        else { throw CognitoError.attemptLimitExceeded }

        let code = try call.services.makeCode(.resetPassword, for: user.sub, in: pool, to: destination, now: call.now)
        try await call.store.codes.put(code.stored, sub: user.sub, poolID: pool.id)
        await call.services.send(
            code.text,
            to: destination,
            username: user.username,
            template: .verification(in: pool),
            now: call.now
        )
        return ForgotPasswordResponse(codeDeliveryDetails: destination.details)
    }
}
