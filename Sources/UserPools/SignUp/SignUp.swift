import Accounts
package import CognitoModel
import Domain
import Storage
import Triggers

/// Signs a user up and sends them a code. 1 write; one modular power.
package enum SignUp: Operation {
    package static func run(_ input: SignUpRequest, _ call: Call<PublicClient>) async throws -> SignUpResponse {
        let (client, pool) = (call.caller.client, call.caller.pool)
        try client.checkSecretHash(input.secretHash, usernames: input.username)
        let protection = call.caller.poolWithKeys.protection(of: client)
        guard !protection.blocks(call.request.peerAddress) else { throw SignInFailure.addressBlocked }
        guard !pool.adminCreatesUsersOnly else { throw CognitoError.signUpNotPermitted }
        let sub = try call.identifiers.uuid()
        let new = try NewUser(
            named: pool.name(input.username),
            sub: sub,
            attributes: (input.userAttributes ?? []).userAttributes,
            in: pool,
            by: .client(client)
        )
        var user = User(
            poolID: pool.id,
            sub: sub,
            username: new.username,
            status: .unconfirmed,
            attributes: new.attributes,
            createdAt: call.now,
            modifiedAt: call.now
        )
        if let password = input.password { try call.passwords.refuseCompromised(password, at: .signUp, protection) }
        user.password = try password(input, of: user, in: pool, call)

        let caller = TriggerCaller(clientID: client.id, call.request, clientMetadata: input.clientMetadata)
        let answer = try await call.triggers.preSignUp(
            .preSignUpSignUp,
            of: user,
            validationData: input.validationData?.validationData,
            in: pool,
            by: caller
        )
        try answer.apply(to: &user)

        let destination = answer.confirms ? nil : CodeDestination.signUp(user.attributes, in: pool)
        let code = try destination.map {
            try call.codes.make(
                .confirmSignUp,
                for: user,
                in: pool,
                to: $0,
                CodeService.Sending(
                    .signUp,
                    by: caller,
                    username: input.username,
                    link: ConfirmationLink(of: user, through: client)
                ),
                now: call.now
            )
        }
        let withheld = try await call.store.users.create(
            user,
            in: pool,
            code: code?.stored,
            recording: call.authEvent(.signUp, of: user, protection),
            takingAliases: answer.verified,
            aliasTaken: UserFailure.accountExists(attribute:)  // SignUp declares no AliasExistsException
        )
        if let code { try await call.codes.send(code, withheld: withheld) }
        if answer.confirms {
            try await call.triggers.postConfirmation(
                .postConfirmationConfirmSignUp,
                of: user,
                in: pool,
                by: caller
            )
        }
        return SignUpResponse(
            userConfirmed: answer.confirms,
            codeDeliveryDetails: destination?.details,
            userSub: sub,
            session: answer.confirms ? nil : try call.signUpSession(.signedUp, of: user)
        )
    }

    /// A pool that lets users in by a code alone takes users without a password.
    private static func password(
        _ input: SignUpRequest,
        of user: User,
        in pool: UserPool,
        _ call: Call<PublicClient>
    ) throws -> StoredPassword? {
        guard let password = input.password, !password.isEmpty else {
            guard pool.allowsPasswordlessUsers else { throw PasswordFailure.missing }
            return nil
        }
        try pool.passwordPolicy.check(password)
        return try call.passwords.hasher.hash(password, of: user.srpIdentity)
    }
}
