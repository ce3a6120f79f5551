import Accounts
package import CognitoModel
import Domain
import Storage

/// Sends the code of a sign-up again; the earlier one is void. 1 read, 2 writes.
package enum ResendConfirmationCode: Operation {
    package static func run(
        _ input: ResendConfirmationCodeRequest,
        _ call: Call<PublicClient>
    ) async throws -> ResendConfirmationCodeResponse {
        let (client, pool) = (call.caller.client, call.caller.pool)
        try client.checkSecretHash(input.secretHash, usernames: input.username)
        let found = try await call.finder.find(pool.name(input.username), through: client, in: pool, now: call.now)
        let user = found.user
        guard user.status == .unconfirmed else { throw CognitoError.userAlreadyConfirmed }
        guard let destination = CodeDestination.signUp(user.attributes, in: pool) else {
            throw CognitoError.noContactForConfirmation
        }
        let protection = call.caller.poolWithKeys.protection(of: client)
        try await call.codes.request(
            .confirmSignUp,
            for: user,
            at: destination,
            in: pool,
            limit: .resendConfirmationCode,
            link: ConfirmationLink(of: user, through: client),
            handling: client.handling(isDue: !found.isSimulated),
            recording: call.authEvent(.resendCode, of: user, isSimulated: found.isSimulated, protection),
            now: call.now
        )
        return ResendConfirmationCodeResponse(codeDeliveryDetails: destination.details)
    }
}
