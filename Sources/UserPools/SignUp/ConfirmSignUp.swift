import Accounts
package import CognitoModel
import Domain
import Storage
import Triggers

/// Confirms a user by the code of their sign-up, and with it the address it went to. 1 read, 1 write.
package enum ConfirmSignUp: Operation {
    package static func run(
        _ input: ConfirmSignUpRequest,
        _ call: Call<PublicClient>
    ) async throws -> ConfirmSignUpResponse {
        let (client, pool) = (call.caller.client, call.caller.pool)
        try client.checkSecretHash(input.secretHash, usernames: input.username)
        let found = try await call.finder.find(pool.name(input.username), through: client, in: pool, now: call.now)
        let user = found.user
        guard user.status == .unconfirmed else { throw CognitoError.cannotConfirm(status: user.status.rawValue) }
        let session = try input.session.map {
            try SignUpSession.open($0, .signedUp, of: user, client: client, vault: call.store.vault, now: call.now)
        }

        let attempt = try call.codes.attempt(
            input.confirmationCode,
            .confirmSignUp,
            sub: user.sub,
            in: pool,
            limit: .confirmSignUp
        )
        let confirmed = try await call.codes.redeem(
            attempt,
            of: found,
            in: pool,
            takingAliases: input.forceAliasCreation == true ? Alias.addresses : [],
            now: call.now
        ) { user, sentTo in
            guard user.status == .unconfirmed else { throw CognitoError.cannotConfirm(status: user.status.rawValue) }
            user.status = .confirmed
            if user.attributes[sentTo.name] == sentTo.value { user.attributes["\(sentTo.name)_verified"] = "true" }
        }
        try await call.triggers.postConfirmation(
            .postConfirmationConfirmSignUp,
            of: confirmed,
            in: pool,
            by: TriggerCaller(clientID: client.id, call.request, clientMetadata: input.clientMetadata)
        )
        guard session != nil else { return ConfirmSignUpResponse() }
        return ConfirmSignUpResponse(session: try call.signUpSession(.confirmed, of: confirmed))
    }
}
