import Accounts
package import CognitoModel
import Domain
import Messaging
import Storage
import Triggers

/// Makes a user with a temporary password and sends it, or sends a new one. 1 write (RESEND: 1 read more); one modular
/// power.
package enum AdminCreateUser: Operation {
    package static func run(
        _ input: AdminCreateUserRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminCreateUserResponse {
        let pool = try await call.pool(input.userPoolId)
        if input.messageAction == .resend {
            while true {
                do {
                    return try await resend(input, in: pool, call)
                } catch is ChangedMeanwhile {
                    continue
                }
            }
        }
        let sub = try call.identifiers.uuid()
        let new = try NewUser(
            named: pool.name(input.username),
            sub: sub,
            attributes: (input.userAttributes ?? []).userAttributes,
            in: pool,
            by: .administrator
        )
        var user = User(
            poolID: pool.id,
            sub: sub,
            username: new.username,
            status: .forceChangePassword,
            attributes: new.attributes,
            createdAt: call.now,
            modifiedAt: call.now
        )
        let password = try temporaryPassword(input, in: pool, call)
        if let password {
            user.password = try call.passwords.hasher.hash(password, of: user.srpIdentity)
            user.temporaryPasswordExpiresAt = pool.temporaryPasswordExpiry(from: call.now)
        } else {
            user.status = .confirmed
        }
        // What its answer says of the user doesn't count here.
        _ = try await call.triggers.preSignUp(
            .preSignUpAdminCreateUser,
            of: user,
            validationData: input.validationData?.validationData,
            in: pool,
            by: TriggerCaller(clientID: nil, call.request, clientMetadata: input.clientMetadata)
        )
        let invitations =
            input.messageAction == .suppress ? [] : try invitations(of: user, password, input, in: pool, call)
        let withheld = try await call.store.users.create(
            user,
            in: pool,
            messages: invitations.map(\.stored),
            takingAliases: input.forceAliasCreation == true ? Alias.addresses : []
        )
        try await send(invitations, withheld, call)
        return AdminCreateUserResponse(user: user.wireForm())
    }

    /// RESEND: only for a user who hasn't signed in yet.
    private static func resend(
        _ input: AdminCreateUserRequest,
        in pool: UserPool,
        _ call: Call<Administrator>
    ) async throws -> AdminCreateUserResponse {
        var found = try await call.store.users.get(pool.name(input.username), in: pool)
        // Who is to be invited has a temporary password, also where the pool's users can do without one.
        let password =
            try temporaryPassword(input, in: pool, call)
            ?? pool.passwordPolicy.temporaryPassword(random: call.identifiers.random)
        let stored = try call.passwords.hasher.hash(password, of: found.srpIdentity)
        found.temporaryPasswordExpiresAt = pool.temporaryPasswordExpiry(from: call.now)
        let invitations = try invitations(of: found, password, input, in: pool, call)
        let (user, withheld) = try await call.store.users.update(
            sub: found.sub,
            in: pool,
            codes: [],
            messages: invitations.map(\.stored)
        ) { [found] user in
            guard user.status == .forceChangePassword else {
                throw CognitoError.cannotResendInvitation(status: user.status.rawValue)
            }
            // The password is for who has the addresses now.
            guard user.attributes == found.attributes else { throw ChangedMeanwhile() }
            user.password = stored
            user.temporaryPasswordExpiresAt = found.temporaryPasswordExpiresAt
        }
        try await send(invitations, withheld, call)
        return AdminCreateUserResponse(user: user.wireForm())
    }

    /// The user is there already, whatever becomes of them.
    private static func send(
        _ invitations: [PreparedMessage],
        _ withheld: WithheldMessages,
        _ call: Call<Administrator>
    ) async throws {
        do {
            try await call.messages.send(invitations, withheld: withheld)
        } catch let failure as DeliveryFailure {
            throw CognitoError.undeliverableInvitation(failure)
        }
    }

    /// The given password, or one made up; none where the pool lets users in by a code alone and none is given.
    private static func temporaryPassword(
        _ input: AdminCreateUserRequest,
        in pool: UserPool,
        _ call: Call<Administrator>
    ) throws -> String? {
        if let password = input.temporaryPassword, !password.isEmpty {
            try pool.passwordPolicy.check(password)
            return password
        }
        return pool.allowsPasswordlessUsers
            ? nil : try pool.passwordPolicy.temporaryPassword(random: call.identifiers.random)
    }

    /// Without desired media the telephone comes before the mail address, as in the API's default.
    private static func invitations(
        of user: User,
        _ password: String?,
        _ input: AdminCreateUserRequest,
        in pool: UserPool,
        _ call: Call<Administrator>
    ) throws -> [PreparedMessage] {
        guard let password else { return [] }
        let addresses = ["phone_number", "email"].compactMap { name in
            user.attributes[name].map { CodeDestination(UserAttribute(name, $0)) }
        }
        let desired = input.desiredDeliveryMediums
        let chosen = desired.map { media in addresses.filter { media.contains($0.medium) } }
        // `ClientMetadata` isn't for CustomMessage here.
        let caller = TriggerCaller(clientID: nil, call.request)
        return try (chosen ?? Array(addresses.prefix(1))).map { destination in
            let draft = MessageDraft.invitation(
                of: user,
                password: password,
                username: input.username,
                at: destination,
                in: pool,
                by: caller,
                now: call.now
            )
            return try call.messages.prepare(draft, in: pool, now: call.now)
        }
    }
}

/// The user isn't who the invitation was made for.
private struct ChangedMeanwhile: Error {}
