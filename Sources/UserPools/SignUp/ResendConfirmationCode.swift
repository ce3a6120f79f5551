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
        guard let user = try await call.store.users.find(input.username, in: pool) else {
            guard client.preventsUserExistenceErrors else { throw UserFailure.notFoundForClient }
            let destination = try await call.codes.simulateRequest(
                .confirmSignUp,
                forName: input.username,
                in: pool,
                limit: .resendConfirmationCode,
                now: call.now
            )
            return ResendConfirmationCodeResponse(codeDeliveryDetails: destination.details)
        }
        guard user.status == .unconfirmed else { throw CognitoError.userAlreadyConfirmed }
        guard let destination = CodeDestination.signUp(user.attributes, in: pool) else {
            throw CognitoError.noContactForConfirmation
        }
        try await call.codes.request(
            .confirmSignUp,
            for: user,
            at: destination,
            in: pool,
            limit: .resendConfirmationCode,
            now: call.now
        )
        return ResendConfirmationCodeResponse(codeDeliveryDetails: destination.details)
    }
}
