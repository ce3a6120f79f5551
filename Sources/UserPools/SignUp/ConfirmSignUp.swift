package import CognitoModel
import Domain
import Storage

/// Confirms a user by the code of their sign-up, and with it the address it went to. 1 read, 1 write.
package enum ConfirmSignUp: Operation {
    package static func run(
        _ input: ConfirmSignUpRequest,
        _ call: Call<PublicClient>
    ) async throws -> ConfirmSignUpResponse {
        let (client, pool) = (call.caller.client, call.caller.pool)
        try client.checkSecretHash(input.secretHash, usernames: input.username)
        guard let user = try await call.store.users.find(input.username, in: pool)?.user else {
            guard client.preventsUserExistenceErrors else { throw CognitoError.usernameClientNotFound }
            throw try await call.services.simulatedRefusal(
                .confirmSignUp,
                requestedBy: .resendConfirmationCode,
                .confirmSignUp,
                for: input.username,
                in: pool,
                now: call.now
            )
        }
        guard user.status == .unconfirmed else { throw CognitoError.cannotConfirm(status: user.status.rawValue) }
        let session = try input.session.map {
            try call.services.openSignUpSession($0, .signedUp, for: user, client: client, now: call.now)
        }

        let redemption = try await call.store.codes.redeem(
            .confirmSignUp,
            hash: call.store.vault.codeHash(
                input.confirmationCode,
                purpose: .confirmSignUp,
                poolID: pool.id,
                sub: user.sub
            ),
            sub: user.sub,
            in: pool,
            limit: .confirmSignUp,
            now: call.now,
            forcingAliases: input.forceAliasCreation ?? false
        ) { [now = call.now] user, sentTo in
            guard user.status == .unconfirmed else { throw CognitoError.cannotConfirm(status: user.status.rawValue) }
            user.status = .confirmed
            user.modifiedAt = now
            if user.attributes[sentTo.name] == sentTo.value { user.attributes["\(sentTo.name)_verified"] = "true" }
        }
        try redemption.throwUnlessRedeemed()
        guard session != nil else { return ConfirmSignUpResponse() }
        return ConfirmSignUpResponse(
            session: try call.services.signUpSession(.confirmed, for: user, client: client, now: call.now)
        )
    }
}
