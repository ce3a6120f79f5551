package import CognitoModel
import Cryptography
package import Domain
package import Messaging
package import Storage
package import Triggers

/// Makes users of those whom another store has, where a pool's UserMigration function knows them. Nothing is asked twice for
/// one call, and the function isn't called inside a transaction.
package struct UserMigrator: Sendable {
    private let store: Store
    private let hasher: PasswordHasher
    private let messages: MessageSender
    private let identifiers: IdentifierGenerator
    private let triggers: TriggerService

    package init(
        store: Store,
        hasher: PasswordHasher,
        messages: MessageSender,
        identifiers: IdentifierGenerator,
        triggers: TriggerService
    ) {
        self.store = store
        self.hasher = hasher
        self.messages = messages
        self.identifiers = identifiers
        self.triggers = triggers
    }

    /// What leads to a migration: somebody whom the pool doesn't have signs in, or has forgotten their password.
    package struct Occasion: Sendable {
        let source: TriggerSource
        let name: Name
        let password: String?
        let validationData: [String: String]?
        let caller: TriggerCaller
        let now: Timestamp

        /// A sign-in by a password. `validationData` is what the call that begins it said for functions.
        package static func signIn(
            _ name: Name,
            password: String,
            validationData: [String: String]?,
            by caller: TriggerCaller,
            now: Timestamp
        ) -> Occasion {
            Occasion(
                source: .userMigrationAuthentication,
                name: name,
                password: password,
                validationData: validationData,
                caller: caller,
                now: now
            )
        }

        /// A forgotten password.
        package static func forgotPassword(_ name: Name, by caller: TriggerCaller, now: Timestamp) -> Occasion {
            Occasion(
                source: .userMigrationForgotPassword,
                name: name,
                password: nil,
                validationData: nil,
                caller: caller,
                now: now
            )
        }
    }

    /// Asks the pool's function for the user, and makes what it says of them one of the pool, with the password that was given
    /// whatever the policy says of it. Nil where there is no such user. Where somebody else was quicker it is the user that
    /// they have made.
    ///
    /// Throws `TriggerFailure`, and what a user can't be made for: `UsernameFailure`, `AttributeFailure`. 1 write, and 1 read
    /// where somebody was quicker; one modular power.
    package func migrate(_ occasion: Occasion, in pool: UserPool) async throws -> User? {
        let known = try await triggers.userMigration(
            occasion.source,
            typed: occasion.name.text,
            password: occasion.password,
            validationData: occasion.validationData,
            in: pool,
            by: occasion.caller
        )
        guard let known else { return nil }
        let user = try user(known, occasion, in: pool)
        // What its answer says of the user doesn't count, as where an administrator makes one.
        _ = try await triggers.preSignUp(
            .preSignUpAdminCreateUser,
            of: user,
            validationData: occasion.validationData,
            in: pool,
            by: occasion.caller
        )
        let invitations = known.isInvited ? try invitations(of: user, by: known.media, occasion, in: pool) : []
        do {
            let withheld = try await store.users.create(
                user,
                in: pool,
                messages: invitations.map(\.stored),
                takingAliases: known.takesAliases ? Alias.addresses : []
            )
            try await messages.send(invitations, withheld: withheld)
        } catch let failure as UserFailure {
            if let winner = try await store.users.find(occasion.name, in: pool) { return winner }
            throw TriggerFailure.malformed(.userMigration, .unusable(failure.migrationMessage))
        }
        return user
    }

    private func user(_ known: MigratedUser, _ occasion: Occasion, in pool: UserPool) throws -> User {
        let sub = try identifiers.uuid()
        // Whoever came by an alias has a username beside it, which the function knows.
        let isAlias = pool.signInNames.isAlias(occasion.name)
        let new = try NewUser(
            named: isAlias ? known.username.map(pool.name) ?? occasion.name : occasion.name,
            sub: sub,
            attributes: known.attributes,
            in: pool,
            by: .administrator
        )
        var user = User(
            poolID: pool.id,
            sub: sub,
            username: new.username,
            status: known.isConfirmed ? .confirmed : .resetRequired,
            attributes: new.attributes,
            createdAt: occasion.now,
            modifiedAt: occasion.now
        )
        if known.usesSMS {
            guard user.canTake(.sms, in: pool) else {
                throw TriggerFailure.malformed(
                    .userMigration,
                    .unusable("SMS MFA can't be enabled: the user has no phone number, or the user pool no SMS MFA.")
                )
            }
            user.factors.turn(.sms, on: true)
        }
        if let password = occasion.password { user.password = try hasher.hash(password, of: user.srpIdentity) }
        return user
    }

    /// The invitation of users whom administrators make. The temporary password in it is made up: theirs is never sent. What
    /// can't be delivered changes nothing about the sign-in that led here.
    private func invitations(
        of user: User,
        by media: [DeliveryMediumType],
        _ occasion: Occasion,
        in pool: UserPool
    ) throws -> [PreparedMessage] {
        let password = try pool.passwordPolicy.temporaryPassword(random: identifiers.random)
        let addresses = ["phone_number", "email"].compactMap { name in
            user.attributes[name].map { CodeDestination(UserAttribute(name, $0)) }
        }
        return try addresses.filter { media.contains($0.medium) }.map { destination in
            let draft = MessageDraft.invitation(
                of: user,
                password: password,
                username: occasion.name.text,
                at: destination,
                in: pool,
                by: occasion.caller,
                handling: .deliveredSilently,
                now: occasion.now
            )
            return try messages.prepare(draft, in: pool, now: occasion.now)
        }
    }
}

extension UserFailure {
    /// Why somebody whom the function knows can't be a user.
    fileprivate var migrationMessage: String {
        switch self {
        case .aliasTaken(let attribute), .accountExists(let attribute):
            "An account with the \(attribute) already exists."
        default: "User already exists"
        }
    }
}
