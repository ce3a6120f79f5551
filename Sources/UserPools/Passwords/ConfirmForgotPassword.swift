import Accounts
package import CognitoModel
import Domain
import Storage
import Triggers

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
        let protection = call.caller.poolWithKeys.protection(of: client)
        try call.passwords.refuseCompromised(input.password, at: .passwordChange, protection)
        let found = try await call.finder.find(pool.name(input.username), through: client, in: pool, now: call.now)
        var attempt = try call.codes.attempt(
            input.confirmationCode,
            .resetPassword,
            sub: found.user.sub,
            in: pool,
            limit: .confirmForgotPassword
        )
        // Only who has the code learns which passwords were used before.
        if pool.passwordPolicy.historySize > 0 {
            _ = try await call.store.codes.check(attempt, poolID: pool.id)
            attempt.isCounted = true
        }
        let password = try await call.passwords.take(input.password, for: found.user, in: pool)
        let event = try call.authEvent(.passwordChange, of: found.user, protection)
        let user = try await call.codes.redeem(attempt, of: found, in: pool, recording: event, now: call.now) {
            user,
            _ in
            user.password = password
            user.temporaryPasswordExpiresAt = nil
            if user.status == .resetRequired { user.status = .confirmed }
        }
        try await call.triggers.postConfirmation(
            .postConfirmationConfirmForgotPassword,
            of: user,
            in: pool,
            by: TriggerCaller(clientID: client.id, call.request, clientMetadata: input.clientMetadata)
        )
        return ConfirmForgotPasswordResponse()
    }
}
