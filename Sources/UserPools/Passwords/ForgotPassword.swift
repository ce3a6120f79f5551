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
        let found = try await call.store.users.find(input.username, in: pool)?.user
        // Cognito tells this even where it hides who exists.
        if let found, found.isEnabled, found.status == .forceChangePassword {
            throw CognitoError.passwordResetNotAllowed
        }
        let user: User
        let destination: CodeDestination
        do {
            (user, destination) = try recoverable(found, in: pool)
        } catch is CognitoError where client.preventsUserExistenceErrors {
            let details = try await call.services.simulatedCode(
                .forgotPassword,
                for: input.username,
                in: pool,
                now: call.now
            )
            return ForgotPasswordResponse(codeDeliveryDetails: details)
        }
        try await call.services.sendCode(
            .resetPassword,
            to: user,
            at: destination,
            in: pool,
            limit: .forgotPassword,
            now: call.now
        )
        return ForgotPasswordResponse(codeDeliveryDetails: destination.details)
    }

    /// The user, and where their code goes. Throws what tells that there is no such user, or one who gets no code.
    private static func recoverable(_ found: User?, in pool: UserPool) throws -> (User, CodeDestination) {
        guard let user = found else { throw CognitoError.usernameClientNotFound }
        guard user.isEnabled else { throw CognitoError.userDisabled }
        return (user, try CodeDestination.recovery(user.attributes, in: pool))
    }
}
