import CognitoModel
package import Database
package import Domain

/// Which users of other providers are which users of a pool.
package struct UserIdentityRepository: Sendable {
    private let database: any DatabaseEngine
    private let clock: WallClock

    package init(database: any DatabaseEngine, clock: WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Links an identity to a user, whose attribute shows it. Throws `LinkFailure`, and `UserFailure.notFound`. One
    /// transaction.
    package func link(_ identity: LinkedIdentity, to sub: String, in pool: UserPool) async throws {
        let now = clock.now()
        try await database.write { connection in
            try connection.lockUser(sub, poolID: pool.id)
            let inserted = try connection.execute(
                """
                insert into user_identities (pool_id, provider, attribute, value, sub, provider_type, created_at)
                select \(pool.id), \(identity.providerName), \(identity.attributeName), \(identity.value), \(sub),
                    \(identity.providerType.rawValue), \(identity.createdAt.milliseconds)
                where (select count(*) from user_identities where pool_id = \(pool.id) and sub = \(sub))
                    < \(LinkedIdentity.mostOfUser)
                on conflict do nothing
                """
            )
            guard inserted == 1 else {
                switch try connection.owner(of: identity, poolID: pool.id) {
                case nil: throw LinkFailure.tooMany
                case sub: throw LinkFailure.alreadyLinked
                default: throw LinkFailure.merging
                }
            }
            try connection.showIdentities(of: sub, in: pool, now: now)
        }
    }

    /// Takes an identity away from its user. Throws `UserFailure.notFound` where it is nobody's. One transaction.
    package func unlink(
        provider: String,
        attribute: String,
        value: String,
        in pool: UserPool
    ) async throws {
        let now = clock.now()
        try await database.write { connection in
            let row = try connection.row(
                """
                delete from user_identities where pool_id = \(pool.id) and provider = \(provider)
                    and attribute = \(attribute) and value = \(value) returning sub
                """
            )
            guard let sub = try row?.text(0) else { throw UserFailure.notFound }
            try connection.showIdentities(of: sub, in: pool, now: now)
        }
    }
}

extension Connection {
    fileprivate func owner(of identity: LinkedIdentity, poolID: String) throws -> String? {
        try row(
            """
            select sub from user_identities where pool_id = \(poolID) and provider = \(identity.providerName)
                and attribute = \(identity.attributeName) and value = \(identity.value)
            """
        )?.text(0)
    }

    /// Makes the attribute of a user what their identities are.
    fileprivate func showIdentities(of sub: String, in pool: UserPool, now: Timestamp) throws {
        let rows = try rows(
            """
            select provider, provider_type, attribute, value, created_at from user_identities
            where pool_id = \(pool.id) and sub = \(sub) order by created_at, provider, attribute, value
            """
        )
        let identities = try rows.map { row in
            LinkedIdentity(
                providerName: try row.text(0),
                providerType: IdentityProviderTypeType(rawValue: try row.text(1)),
                attributeName: try row.text(2),
                value: try row.text(3),
                createdAt: Timestamp(milliseconds: try row.integer(4))
            )
        }
        try updateUser(sub: sub, in: pool, now: now) { user in
            user.attributes[LinkedIdentity.attribute] = LinkedIdentity.text(identities)
        }
    }
}
