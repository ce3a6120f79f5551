import Accounts
package import CognitoModel
import Domain
import Messaging
import Storage

/// Sends a code with which a password can be reset. 1 read, 1 write; what a migration costs where nobody has the name
/// and the pool's function is asked for them.
package enum ForgotPassword: Operation {
    package static func run(
        _ input: ForgotPasswordRequest,
        _ call: Call<PublicClient>
    ) async throws -> ForgotPasswordResponse {
        let (client, pool) = (call.caller.client, call.caller.pool)
        try client.checkSecretHash(input.secretHash, usernames: input.username)
        let caller = TriggerCaller(clientID: client.id, call.request, clientMetadata: input.clientMetadata)
        let found = try await call.finder.findOrMigrate(
            .forgotPassword(pool.name(input.username), by: caller, now: call.now),
            by: call.migrator,
            through: client,
            in: pool
        )
        let user = found.user
        // Cognito tells this even where it hides who exists.
        if user.isEnabled, user.status == .forceChangePassword { throw CognitoError.passwordResetNotAllowed }
        let destination = try destination(of: user, client, in: pool)
        let protection = call.caller.poolWithKeys.protection(of: client)
        try await call.codes.request(
            .resetPassword,
            for: user,
            at: destination.address,
            in: pool,
            limit: .forgotPassword,
            CodeService.Sending(
                .forgotPassword,
                by: caller,
                handling: client.handling(isDue: destination.isUsable && !found.isSimulated)
            ),
            recording: call.authEvent(.forgotPassword, of: user, isSimulated: found.isSimulated, protection),
            now: call.now
        )
        return ForgotPasswordResponse(codeDeliveryDetails: destination.address.details)
    }

    /// Where the code of a forgotten password goes. Where the client hides who exists, one who gets no code has an
    /// address all the same, to which nothing is sent.
    private static func destination(
        of user: User,
        _ client: AppClient,
        in pool: UserPool
    ) throws -> (address: CodeDestination, isUsable: Bool) {
        let recovery = CodeDestination.recovery(of: user, in: pool)
        if user.isEnabled, case .success(let address) = recovery { return (address, true) }
        guard client.preventsUserExistenceErrors else {
            guard user.isEnabled else { throw SignInFailure.userDisabled }
            return (try recovery.get(), true)
        }
        return (.shown(of: user.attributes, username: user.username), false)
    }
}
