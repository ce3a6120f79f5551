import Accounts
package import CognitoModel
import Domain
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
        if input.messageAction == .resend { return try await resend(input, in: pool, call) }
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
        try await call.store.users.create(user, in: pool, forcingAliases: input.forceAliasCreation ?? false)
        if input.messageAction != .suppress { try await invite(user, password: password, input, in: pool, call) }
        return AdminCreateUserResponse(user: user.wireForm())
    }

    /// RESEND: only for a user who hasn't signed in yet.
    private static func resend(
        _ input: AdminCreateUserRequest,
        in pool: UserPool,
        _ call: Call<Administrator>
    ) async throws -> AdminCreateUserResponse {
        let found = try await call.store.users.get(pool.name(input.username), in: pool)
        // Who is to be invited has a temporary password, also where the pool's users can do without one.
        let password =
            try temporaryPassword(input, in: pool, call)
            ?? pool.passwordPolicy.temporaryPassword(random: call.identifiers.random)
        let stored = try call.passwords.hasher.hash(password, of: found.srpIdentity)
        let expiry = pool.temporaryPasswordExpiry(from: call.now)
        let user = try await call.store.users.update(sub: found.sub, in: pool) { user in
            guard user.status == .forceChangePassword else {
                throw CognitoError.cannotResendInvitation(status: user.status.rawValue)
            }
            user.password = stored
            user.temporaryPasswordExpiresAt = expiry
        }
        try await invite(user, password: password, input, in: pool, call)
        return AdminCreateUserResponse(user: user.wireForm())
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
    private static func invite(
        _ user: User,
        password: String?,
        _ input: AdminCreateUserRequest,
        in pool: UserPool,
        _ call: Call<Administrator>
    ) async throws {
        guard let password else { return }
        let addresses = ["phone_number", "email"].compactMap { name in
            user.attributes[name].map { CodeDestination(UserAttribute(name, $0)) }
        }
        let desired = input.desiredDeliveryMediums
        let chosen = desired.map { media in addresses.filter { media.contains($0.medium) } }
        for destination in chosen ?? Array(addresses.prefix(1)) {
            try await call.messages.send(
                password,
                to: destination,
                username: input.username,
                template: .invitation(in: pool)
            )
        }
    }
}
