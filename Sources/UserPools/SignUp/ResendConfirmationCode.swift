import Accounts
package import CognitoModel
import Domain
import Messaging
import Storage

/// Sends the code of a sign-up again; the earlier one is void. 1 read, 1 write.
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
            CodeService.Sending(
                .resendCode,
                by: TriggerCaller(clientID: client.id, call.request, clientMetadata: input.clientMetadata),
                handling: client.handling(isDue: !found.isSimulated),
                link: ConfirmationLink(of: user, through: client)
            ),
            recording: call.authEvent(.resendCode, of: user, isSimulated: found.isSimulated, protection),
            now: call.now
        )
        return ResendConfirmationCodeResponse(codeDeliveryDetails: destination.details)
    }
}
