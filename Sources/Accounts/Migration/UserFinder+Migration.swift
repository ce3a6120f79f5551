import CognitoModel
package import Domain
import Storage
import Triggers

extension UserFinder {
    /// As `find`, for somebody who has forgotten their password: where nobody has the name, the pool's function is
    /// asked for them, as often in an hour as a code may be asked for. Where the client hides who exists, one whom it
    /// doesn't know, or who can't be made, is stood for. Throws `UserFailure`, `TriggerFailure`, and `CodeFailure` past
    /// the limit.
    ///
    /// 1 read; where nobody has the name 1 write, and what `UserMigrator.migrate` costs.
    package func findOrMigrate(
        _ occasion: UserMigrator.Occasion,
        by migrator: UserMigrator,
        through client: AppClient,
        in pool: UserPool
    ) async throws -> Found {
        let (name, now) = (occasion.name, occasion.now)
        guard pool.function(for: .userMigration) != nil else {
            return try await find(name, through: client, in: pool, now: now)
        }
        let stranger = try simulatedUsers.user(named: name, in: pool, now: now)
        if let user = try await store.users.signingIn(name, standIn: stranger.sub, in: pool).user {
            return Found(user: user, isSimulated: false)
        }
        let hidden = client.preventsUserExistenceErrors ? Found(user: stranger, isSimulated: true) : nil
        // Before it is called: whoever asks must not have it look for one name after the other. Codes are counted for
        // the name as it was written, too, so that one whom the client hides is refused as often as everybody.
        let isAllowed = try await store.attempts.isAllowed(
            .userMigration,
            subject: .name(hash: store.vault.nameHash(name, poolID: pool.id)),
            poolID: pool.id,
            now: now
        )
        guard isAllowed else {
            guard let hidden else { throw CodeFailure.attemptsExceeded }
            return hidden
        }
        do {
            if let user = try await migrator.migrate(occasion, in: pool) {
                return Found(user: user, isSimulated: false)
            }
        } catch let refusal where refusal.isRefusalOfMigration {
            guard let hidden else { throw refusal }
            return hidden
        }
        guard let hidden else { throw UserFailure.notMigrated(clientID: client.id) }
        return hidden
    }
}

extension Error {
    /// Whether it says that somebody can't be migrated, and not that something is out of order here.
    package var isRefusalOfMigration: Bool {
        self is TriggerFailure || self is UsernameFailure || self is AttributeFailure || self is UserFailure
    }
}
